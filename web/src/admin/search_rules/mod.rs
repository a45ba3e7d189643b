//! `/admin/searches/rules`: what stands first for a search, and what it does not find.

mod deeds;
mod products;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Serialize;

use super::{
    asked::Asked,
    deed::{self, Refused, Told, told_at},
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

const ASKED: [&str; 1] = ["deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    page(staff, &asked, &told, None).await
}

/// `POST /admin/searches/rules/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let refusals = deeds::run(&staff, &deed, &form).await?;
    let Some(refused) = Refused::any(&staff, &deed, &form, &refusals) else {
        return Ok(staff.visit.go(&told_at(PATH, &deed, &form)));
    };
    let asked = Asked::of(PATH, "", &ASKED);
    page(staff, &asked, &Told::default(), Some(refused)).await
}

/// A rule, with its products as they are typed.
#[derive(Serialize)]
struct Shown<'a> {
    rule: &'a Rule,
    pins: String,
    hidden: String,
}

impl<'a> Shown<'a> {
    fn of(rule: &'a Rule) -> Self {
        let pins = rule.pins.iter().filter_map(|pin| {
            let product = pin.product.as_ref()?;
            Some(format!("{} {}", product.slug, pin.position))
        });
        let hidden = rule.hidden_products.iter().map(|product| product.slug.clone());
        Self {
            rule,
            pins: pins.collect::<Vec<_>>().join("\n"),
            hidden: hidden.collect::<Vec<_>>().join("\n"),
        }
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
