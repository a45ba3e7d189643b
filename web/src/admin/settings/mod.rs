//! `/admin/settings`: what the shop is. Where it sends to, its taxes and its locations have pages of their own beneath.

mod save;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    countries,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminSettings, admin_settings as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told.done, None).await
}

/// `POST /admin/settings/{deed}`: there is one.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    if deed != "shop" {
        return Err(Problem::NotFound);
    }
    let refusals = save::save(&staff, &form).await?;
    if refusals.is_empty() {
        return Ok(staff.visit.go("/admin/settings?done=shop"));
    }
    let refused = Refused::of(&staff, &deed, &form, &refusals);
    page(staff, "", Some(refused)).await
}

async fn page(staff: Staff, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminSettings, document::Variables {}).await?;
    let done = deed::done(&staff, "admin.settings.done", done);
    let shown = context! {
        countries => value(&countries::all(&staff).await?),
        shop => value(&data.shop),
        zones => value(&zones()),
        languages_named => value(&staff.visit.section("admin.language")),
        closed_on => data.shop.closed_on.join("\n"),
        weekdays => value(&save::WEEKDAYS.map(|(name, _)| name)),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/settings/page.html", shown)
}

/// All time zones of the world that are called by a place, and how they are read.
fn zones() -> Vec<(&'static str, String)> {
    let named = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    let of_places = named.filter(|name| *name == "UTC" || name.contains('/') && !name.starts_with("Etc/"));
    of_places.map(|name| (name, name.replace('_', " "))).collect()
}
