//! `/admin/settings/shipping/{id}`: a zone, and by which methods goods go there.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    countries,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminZone,
        admin_zone::{AdminZoneShippingZone as Zone, Variables},
    },
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    editor(staff, id, &told, None).await
}

/// `POST /admin/settings/shipping/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    if !refusals.is_empty() {
        let name = form.some("form").unwrap_or(deed);
        let refused = Refused::of(&staff, &name, &form, &refusals);
        return editor(staff, id, &Told::default(), Some(refused)).await;
    }
    let target = match deed.as_str() {
        "delete" => format!("/admin/settings/shipping?done=delete&undo={id}"),
        "method-delete" => format!("/admin/settings/shipping/{id}?done={deed}&undo={}", form.text("id")),
        _ => format!("/admin/settings/shipping/{id}?done={deed}"),
    };
    Ok(staff.visit.go(&target))
}

async fn editor(staff: Staff, id: String, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminZone, Variables { id }).await?;
    let zone = data.shipping_zone.as_ref().ok_or(Problem::NotFound)?;
    let (deleted, methods): (Vec<_>, Vec<_>) = zone.methods.iter().partition(|method| method.deleted_at.is_some());
    let done = deed::done(&staff, "admin.zone.done", &told.done);
    let shown = context! {
        countries => value(&countries::and_elsewhere(&staff).await?),
        zone => value(zone),
        postal_codes => postal_codes(zone),
        methods => value(&methods),
        deleted => value(&deleted),
        locations => value(&data.locations.map(|locations| locations.nodes)),
        categories => value(&data.tax_categories),
        undo => told.undo.as_str(),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/zone/page.html", shown)
}

/// As they are typed: a line a country.
fn postal_codes(zone: &Zone) -> String {
    let lines = zone.postal_codes.iter();
    let lines = lines.map(|of| format!("{} {}", of.country_code, of.codes.join(" ")));
    lines.collect::<Vec<_>>().join("\n")
}
