//! `/admin/settings/locations`: where stock lies, in the order in which it is taken, and where goods may be picked up.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Deserialize;

use super::{
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminLocations, admin_locations as document},
    shown::value,
};

#[derive(Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    done: String,
    /// What was deleted just now.
    #[serde(default)]
    undo: String,
}

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told, None).await
}

/// `POST /admin/settings/locations/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    if refusals.is_empty() {
        let undo = match deed.as_str() {
            "delete" => format!("&undo={}", form.text("id")),
            _ => String::new(),
        };
        return Ok(staff.visit.go(&format!("/admin/settings/locations?done={deed}{undo}")));
    }
    let name = form.some("form").unwrap_or(deed);
    let refused = Refused::of(&staff, &name, &form, &refusals);
    page(staff, &Told::default(), Some(refused)).await
}

async fn page(staff: Staff, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminLocations, document::Variables {}).await?;
    let done = deed::done(&staff, "admin.locations.done", &told.done);
    let shown = context! {
        locations => value(&data.locations.map(|locations| locations.nodes)),
        deleted => value(&data.deleted.map(|locations| locations.nodes)),
        country => data.shop.country_code,
        undo => told.undo.as_str(),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/locations/page.html", shown)
}
