//! `/admin/settings`: what the shop is, where it sends to and for how much, and which taxes it reckons with.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::{Value, context};
use serde::Deserialize;

use super::{
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminLocations, AdminSettings, admin_locations, admin_settings as document},
    problem::Problem,
    shown::value,
};

#[derive(Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    done: String,
}

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told.done, None).await
}

/// `POST /admin/settings/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    if refusals.is_empty() {
        return Ok(staff.visit.go(&format!("/admin/settings?done={deed}")));
    }
    let name = form.some("form").unwrap_or(deed);
    let refused = Refused::of(&staff, &name, &form, &refusals);
    page(staff, "", Some(refused)).await
}

async fn page(staff: Staff, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminSettings, document::Variables {}).await?;
    let locations = locations(&staff).await?;
    let done = deed::done(&staff, "admin.settings.done", done);
    let shown = context! {
        shop => value(&data.shop),
        locales => data.shop.locales.join(", "),
        zones => value(&data.shipping_zones),
        rates => value(&data.tax_rates),
        locations,
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/settings/page.html", shown)
}

async fn locations(staff: &Staff) -> Result<Value, Problem> {
    let data = staff.visit.ask(AdminLocations, admin_locations::Variables {}).await?;
    Ok(value(&data.locations))
}
