//! `/admin/settings/taxes`: the rates that the shop reckons with, and which of them somebody has looked at.

mod deeds;

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Serialize;

use super::{
    asked::Asked,
    countries,
    deed::{self, Refused, Told, told_at},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminTaxes,
        admin_taxes::{AdminTaxesTaxRatesNodes as Rate, Variables},
    },
    problem::Problem,
    shown::value,
};

/// How many rates a page has: those of a whole continent.
const RATES: i64 = 100;

/// A rate with its percents, as they are typed.
#[derive(Serialize)]
struct Shown<'a> {
    percent: String,
    rate: &'a Rate,
}

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told, None).await
}

/// `POST /admin/settings/taxes/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, &Told::default(), Some(refused)).await,
        None => Ok(staff.visit.go(&told_at("/admin/settings/taxes", &deed, &form))),
    }
}

async fn page(staff: Staff, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let asked = Asked::read(&staff.visit, &["country"]);
    let rows = asked.rows();
    let variables = Variables {
        first: rows.first.map(|_| RATES),
        after: rows.after,
        last: rows.last.map(|_| RATES),
        before: rows.before,
        country: asked.some("country").filter(|code| is_code(code)),
    };
    let data = staff.visit.ask(AdminTaxes, variables).await?;
    let rates = data.tax_rates.as_ref().ok_or(Problem::NotFound)?;
    let rows = rates.nodes.iter().map(|rate| Shown {
        percent: percent(rate.basis_points),
        rate,
    });
    let unconfirmed = rates
        .nodes
        .iter()
        .filter(|rate| !rate.confirmed && rate.deleted_at.is_none());
    let done = deed::done(&staff, "admin.taxes.done", &told.done);
    let countries = countries::all(&staff).await?;
    let shown = context! {
        countries => value(&countries),
        country_names => value(&countries.iter().cloned().collect::<BTreeMap<_, _>>()),
        rows => value(&rows.collect::<Vec<_>>()),
        unconfirmed => value(&unconfirmed.collect::<Vec<_>>()),
        info => value(&rates.page_info),
        categories => value(&data.tax_categories),
        country => data.shop.country_code,
        asked => asked.shown(),
        undo => told.undo.as_str(),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/taxes/page.html", shown)
}

/// As the API takes one.
fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Of hundredths of a percent: `19`, `7.7`, `8.25`.
fn percent(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_shown_as_they_are_typed() {
        let shown: Vec<_> = [1900, 770, 825, 5, 0, 10000].into_iter().map(percent).collect();
        assert_eq!(shown, ["19", "7.7", "8.25", "0.05", "0", "100"]);
    }
}
