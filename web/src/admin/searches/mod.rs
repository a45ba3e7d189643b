//! `/admin/searches`: what shoppers look for, above all what they look for and do not find.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminSearches, admin_searches as document, admin_searches::SearchTermsFound},
    problem::Problem,
    shown::value,
};

const FOUND: [(&str, SearchTermsFound); 3] = [
    ("NOTHING", SearchTermsFound::Nothing),
    ("LITTLE", SearchTermsFound::Little),
    ("ANY", SearchTermsFound::Any),
];

/// How far back, in days.
const DAYS: [i64; 3] = [30, 7, 90];

const ASKED: [&str; 2] = ["found", "days"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Catalog)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let days = asked.some("days").and_then(|days| days.parse().ok());
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        days: days.filter(|days| DAYS.contains(days)).unwrap_or(DAYS[0]),
        found: asked.kind("found", &FOUND).unwrap_or(SearchTermsFound::Nothing),
    };
    let data = staff.visit.ask(AdminSearches, variables).await?;
    let terms = data.search_terms.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        terms => value(terms),
        found => value(&FOUND.map(|(name, _)| name)),
        days => value(&DAYS),
        asked => asked.shown(),
    };
    staff.show("admin/searches/page.html", shown)
}
