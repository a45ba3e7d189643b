//! `/admin/settings/locations`: where stock lies, in the order in which it is taken, and where goods may be picked up.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    countries,
    deed::{self, Refused, Told, told_at},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminLocations, admin_locations as document},
    shown::value,
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told, None).await
}

/// `POST /admin/settings/locations/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, &Told::default(), Some(refused)).await,
        None => Ok(staff.visit.go(&told_at("/admin/settings/locations", &deed, &form))),
    }
}

async fn page(staff: Staff, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminLocations, document::Variables {}).await?;
    let done = deed::done(&staff, "admin.locations.done", &told.done);
    let shown = context! {
        countries => value(&countries::all(&staff).await?),
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
