//! `/admin/settings/flags`: what is switched while the shop runs. A flag has a page of its own.

use axum::extract::Query;
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
    typed::id,
};
use crate::{
    answer::Answer,
    documents::{
        AdminFlagCreate, AdminFlags, AdminFlagsRestore, admin_flag_create as create_document, admin_flags::Variables,
        admin_flags_restore as restore_document,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

pub(super) const PATH: &str = "/admin/settings/flags";

const ASKED: [&str; 1] = ["deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, &told, None).await
}

/// `POST /admin/settings/flags`: a new one is off, and for everybody; its own page has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let input = create_document::FlagSetInput {
        description: form.some("description"),
        // One that is there already is not changed from here.
        expected_version: Some(0),
        is_on: None,
        name: form.text("name").to_owned(),
        percent: None,
        rules: None,
    };
    let variables = create_document::Variables { input };
    let data = staff.visit.ask(AdminFlagCreate, variables).await?;
    let answered = data.flag_set.ok_or(Problem::Broken)?;
    if let Some(flag) = answered.flag {
        return Ok(staff.visit.go(&format!("{PATH}/{}?done=create", flag.name)));
    }
    let refused = Refused::of(&staff, "create", &form, &refusals(&answered.user_errors));
    list(staff, &Asked::of(PATH, "", &ASKED), &Told::default(), Some(refused)).await
}

/// `POST /admin/settings/flags/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let name = id(&form)?;
    let input = restore_document::FlagRestoreInput { name: name.clone() };
    let variables = restore_document::Variables { input };
    let refused = deed::run(&staff, AdminFlagsRestore, variables).await?;
    let Some(refused) = Refused::any(&staff, "restore", &form, &refused) else {
        return Ok(staff.visit.go(&format!("{PATH}/{name}?done=restore")));
    };
    list(
        staff,
        &Asked::of(PATH, "deleted=yes", &ASKED),
        &Told::default(),
        Some(refused),
    )
    .await
}

async fn list(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let variables = Variables {
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminFlags, variables).await?;
    let flags = data.flags.as_ref().ok_or(Problem::NotFound)?;
    let (capabilities, own): (Vec<_>, Vec<_>) = flags.iter().partition(|flag| flag.is_capability);
    let shown = context! {
        capabilities => value(&capabilities),
        own => value(&own),
        done => deed::done(&staff, "admin.flags.done", &told.done),
        undo => told.undo.as_str(),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/flags/page.html", shown)
}
