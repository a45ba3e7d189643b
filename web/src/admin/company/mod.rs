//! `/admin/customers/companies/{id}`: what is known of a company, who buys for it, where its goods go, and what it owes.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    countries,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminCompany, admin_company::Variables},
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/customers/companies";

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &[]);
    page(staff, id, &asked, &told, None).await
}

/// `POST /admin/customers/companies/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Customers)?;
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    let Some(refused) = Refused::any(&staff, &deed, &form, &refusals) else {
        let to = match (&*deed, form.some("place")) {
            ("delete", _) => format!("{PATH}?done=delete&undo={id}"),
            ("place-delete", Some(place)) => format!("{PATH}/{id}?done=place-delete&undo={place}"),
            _ => format!("{PATH}/{id}?done={deed}"),
        };
        return Ok(staff.visit.go(&to));
    };
    let asked = Asked::of(&format!("{PATH}/{id}"), "", &[]);
    page(staff, id, &asked, &Told::default(), Some(refused)).await
}

async fn page(staff: Staff, id: String, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Customers)?;
    let rows = asked.rows();
    let variables = Variables {
        id,
        orders: staff.may(Permission::Orders),
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = staff.visit.ask(AdminCompany, variables).await?;
    let company = data.company.as_ref().ok_or(Problem::NotFound)?;
    let buyers = company.buyers.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        countries => value(&countries::all(&staff).await?),
        company => value(company),
        may_see_orders => staff.may(Permission::Orders),
        buyers => value(&buyers.nodes),
        info => value(&buyers.page_info),
        shop => value(&data.shop),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.companies.done", &told.done),
        undo => told.undo.as_str(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/company/page.html", shown)
}
