//! `/admin/searches/rules`: what stands first for a search, and what it does not find.

mod deeds;

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Serialize;
use serde_json::Value as Json;

use super::{
    asked::Asked,
    deed::{self, Refused, Told, told_at},
    goods::{self, Picker},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminSearchRules,
        admin_search_rules::{AdminSearchRulesSearchRulesNodes as Rule, Variables},
    },
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/searches/rules";

/// What stands first, each with its place, and what is not shown.
const PICKERS: [Picker; 2] = [Picker::products("pins"), Picker::products("hiddenProductIds")];

const ASKED: [&str; 1] = ["deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    page(staff, &asked, &told, None).await
}

/// `POST /admin/searches/rules/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let run = deeds::run(&staff, &deed, &form);
    let Some(refused) = goods::act(&staff, &deed, &form, &PICKERS, run).await? else {
        return Ok(staff.visit.go(&told_at(PATH, &deed, &form)));
    };
    let asked = Asked::of(PATH, "", &ASKED);
    page(staff, &asked, &Told::default(), Some(refused)).await
}

/// A rule, with the place of each product that is pinned.
#[derive(Serialize)]
struct Shown<'a> {
    rule: &'a Rule,
    pins: Vec<Json>,
    places: BTreeMap<String, i64>,
}

impl<'a> Shown<'a> {
    fn of(rule: &'a Rule) -> Self {
        let pins = rule.pins.iter().filter_map(|pin| {
            let product = serde_json::to_value(pin.product.as_ref()?).ok()?;
            let id = product["id"].as_str()?.to_owned();
            Some((product, (id, pin.position)))
        });
        let (pins, places) = pins.unzip();
        Self { rule, pins, places }
    }
}

async fn page(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let rows = asked.rows();
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminSearchRules, variables).await?;
    let rules = data.search_rules.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        rules => value(&rules.nodes.iter().map(Shown::of).collect::<Vec<_>>()),
        info => value(&rules.page_info),
        locales => value(&data.shop.locales),
        done => deed::done(&staff, "admin.search_rules.done", &told.done),
        undo => told.undo.as_str(),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/search_rules/page.html", shown)
}
