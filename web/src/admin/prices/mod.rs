//! `/admin/prices/{id}`: what a variant costs in each currency, what it is to cost, and what it did.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminPrices, admin_prices as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told, None).await
}

/// `POST /admin/prices/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    if refusals.is_empty() {
        return Ok(staff.visit.go(&format!("/admin/prices/{id}?done={deed}")));
    }
    let name = form.some("form").unwrap_or(deed);
    let refused = Refused::of(&staff, &name, &form, &refusals);
    page(staff, id, &Told::default(), Some(refused)).await
}

async fn page(staff: Staff, id: String, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let asked = Asked::read(&staff.visit, &["currency"]);
    let rows = asked.rows();
    let variables = document::Variables {
        id,
        currency_code: asked.some("currency"),
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminPrices, variables).await?;
    let variant = data.variant.as_ref().ok_or(Problem::NotFound)?;
    let own = staff.currency().to_owned();
    let lists = variant.list_prices.iter().flatten();
    let lists = lists.map(|list| list.price.currency_code.clone());
    let currencies: Vec<_> = std::iter::once(own.clone()).chain(lists).collect();
    let choices: Vec<_> = currencies.iter().map(|code| (code, code)).collect();
    let shown = context! {
        variant => value(variant),
        own,
        currency => asked.some("currency").unwrap_or_else(|| staff.currency().to_owned()),
        currencies => value(&currencies),
        choices => value(&choices),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.prices.done", &told.done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/prices/page.html", shown)
}
