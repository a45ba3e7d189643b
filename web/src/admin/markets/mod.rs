//! `/admin/settings/markets`: where the shop sells in which currency, and at which rates.

mod deeds;
mod goods;

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    choices, countries,
    deed::{self, Refused, Told, told_at},
    goods as picked,
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminMarkets, admin_markets::Variables},
    problem::Problem,
    shown::value,
};

/// As the schema has them, in the order in which they are offered.
const ROUNDINGS: [&str; 7] = [
    "MINOR_UNIT",
    "CASH_5",
    "WHOLE",
    "TENS",
    "HUNDREDS",
    "ENDING_95",
    "ENDING_99",
];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told, None).await
}

/// `POST /admin/settings/markets/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let run = deeds::run(&staff, &deed, &form);
    let Some(refused) = picked::act(&staff, &deed, &form, &[goods::WITHOUT], run).await? else {
        return Ok(staff.visit.go(&told_at("/admin/settings/markets", &deed, &form)));
    };
    page(staff, &Told::default(), Some(refused)).await
}

async fn page(staff: Staff, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminMarkets, Variables {}).await?;
    let lists = data.price_lists.as_ref().ok_or(Problem::NotFound)?;
    let roundings = ROUNDINGS.map(|name| (name, staff.visit.say(&format!("admin.markets.rounding.{name}"))));
    let sold = std::iter::once(&data.shop.currency_code).chain(lists.iter().map(|list| &list.currency_code));
    let currencies = choices::called(&staff, "currency", sold.clone());
    let others = staff.visit.section("admin.currency").into_iter();
    let others = others.filter(|(code, _)| sold.clone().all(|known| known != code));
    let others: Vec<_> = std::iter::once((String::new(), "–".to_owned())).chain(others).collect();
    let default = (String::new(), staff.visit.say("admin.markets.default_language"));
    let locales = choices::called(&staff, "language", &data.shop.locales);
    let spoken: Vec<_> = std::iter::once(default).chain(locales).collect();
    let countries = countries::all(&staff).await?;
    let shown = context! {
        countries => value(&countries),
        country_names => value(&countries.iter().cloned().collect::<BTreeMap<_, _>>()),
        collections => value(&choices::titled(&data.collections_connection, "slug")),
        shop => value(&data.shop),
        lists => value(lists),
        markets => value(&data.markets),
        roundings => value(&roundings),
        currencies => value(&currencies),
        others => value(&others),
        spoken => value(&spoken),
        done => deed::done(&staff, "admin.markets.done", &told.done),
        undo => told.undo.as_str(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/markets/page.html", shown)
}
