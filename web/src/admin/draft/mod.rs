//! `/admin/drafts/{id}`: an order that staff put together: goods, prices, for whom, how it is sent, and what becomes of it.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    choices, countries,
    deed::{self, Refused, Told},
    drafts::PATH,
    goods,
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminDraft, admin_draft as document},
    problem::Problem,
    shown::value,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/drafts/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let mut leads_to = None;
    let run = async {
        let done = deeds::run(&staff, &id, &deed, &form).await?;
        leads_to = done.leads_to;
        Ok::<_, Problem>(done.refusals)
    };
    let Some(refused) = goods::act(&staff, &deed, &form, &[deeds::GOODS], run).await? else {
        let told = match (&*deed, leads_to) {
            (_, Some(elsewhere)) => elsewhere,
            ("delete", _) => format!("{PATH}?done=delete&undo={id}"),
            _ => format!("{PATH}/{id}?done={deed}"),
        };
        return Ok(staff.visit.go(&told));
    };
    page(staff, id, "", Some(refused)).await
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let data = staff.visit.ask(AdminDraft, document::Variables { id }).await?;
    let draft = data.draft_order.as_ref().ok_or(Problem::NotFound)?;
    let sold = std::iter::once(&data.shop.currency_code).chain(data.markets.iter().map(|market| &market.currency_code));
    let countries = countries::all(&staff).await?;
    let own = (String::new(), staff.visit.say("admin.drafts.own_country"));
    let market_countries: Vec<_> = std::iter::once(own).chain(countries.iter().cloned()).collect();
    let shown = context! {
        draft => value(draft),
        shop => value(&data.shop),
        currencies => value(&choices::called(&staff, "currency", sold)),
        locales => value(&choices::called(&staff, "language", &data.shop.locales)),
        countries => value(&countries),
        market_countries => value(&market_countries),
        done => deed::done(&staff, "admin.drafts.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/draft/page.html", shown)
}
