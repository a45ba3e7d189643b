//! `/admin/settings/shipping`: where the shop sends to, in which order zones are asked, and what their methods cost.

mod deeds;

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    countries,
    deed::{self, Refused, Told, told_at},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminShipping, AdminZoneCreate, admin_shipping as document, admin_zone_create as create_document},
    problem::Problem,
    refusals::refusals,
    shown::value,
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told, None).await
}

/// `POST /admin/settings/shipping`: a zone without methods; its page has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let input = create_document::ShippingZoneCreateInput {
        countries: Some(countries::read(&staff, &form).await?),
        name: form.text("name").to_owned(),
        postal_codes: None,
        regions: None,
    };
    let asked = staff.visit.ask(AdminZoneCreate, create_document::Variables { input });
    let answered = asked.await?.shipping_zone_create.ok_or(Problem::Broken)?;
    if let Some(zone) = answered.shipping_zone {
        return Ok(staff.visit.go(&format!("/admin/settings/shipping/{}", zone.id)));
    }
    let refusals = refusals(&answered.user_errors).into_iter();
    let refusals: Vec<_> = refusals.map(|refusal| refusal.at_list(&["countries"])).collect();
    let refused = Refused::of(&staff, "new", &form, &refusals);
    page(staff, &Told::default(), Some(refused)).await
}

/// `POST /admin/settings/shipping/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, &Told::default(), Some(refused)).await,
        None => Ok(staff.visit.go(&told_at("/admin/settings/shipping", &deed, &form))),
    }
}

async fn page(staff: Staff, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminShipping, document::Variables {}).await?;
    let zones = data.shipping_zones.unwrap_or_default();
    let (deleted, zones): (Vec<_>, Vec<_>) = zones.into_iter().partition(|zone| zone.deleted_at.is_some());
    let done = deed::done(&staff, "admin.shipping.done", &told.done);
    let countries = countries::and_elsewhere(&staff).await?;
    let shown = context! {
        countries => value(&countries),
        country_names => value(&countries.iter().cloned().collect::<BTreeMap<_, _>>()),
        zones => value(&zones),
        deleted => value(&deleted),
        undo => told.undo.as_str(),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/shipping/page.html", shown)
}
