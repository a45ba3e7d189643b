//! `/admin/settings/returns`: for how long goods come back, where to, and what is kept of the money.

pub mod edits;

use axum::extract::Query;
use minijinja::context;

use super::{
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
    typed::{Typed, nulls, version},
};
use crate::{
    answer::Answer,
    documents::{
        AdminReturnPolicy, AdminReturnPolicySave, admin_return_policy as document,
        admin_return_policy_save::{self as save_document, ReturnShippingRefund},
    },
    problem::Problem,
    refusals::Refusal,
    shown::value,
    visit::Form,
};

/// The form's name.
const DEED: &str = "returns";

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told.done, None).await
}

/// `POST /admin/settings/returns`.
pub async fn save(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = run(&staff, &form).await?;
    match Refused::any(&staff, DEED, &form, &refusals) {
        Some(refused) => page(staff, "", Some(refused)).await,
        None => Ok(staff.visit.go("/admin/settings/returns?done=returns")),
    }
}

async fn run(staff: &Staff, form: &Form) -> Result<Vec<Refusal>, Problem> {
    let mut typed = Typed::of(form);
    let days = typed.number("days");
    let fee_basis_points = typed.rate("fee");
    let withdrawal_days = typed.number("withdrawalDays");
    let delivery_margin_days = typed.number("deliveryMarginDays");
    let exchange_days = typed.number("exchangeDays");
    let market_days = by_market(&mut typed, form, "days");
    let withdrawal_market_days = by_market(&mut typed, form, "withdrawal");
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let markets = |days: &[save_document::ReturnMarketDaysInput]| -> Vec<String> {
        days.iter().map(|days| days.market_id.clone()).collect()
    };
    let sent = [
        ("marketDays", "days", markets(&market_days)),
        ("withdrawalMarketDays", "withdrawal", markets(&withdrawal_market_days)),
    ];
    let input = save_document::ReturnPolicyUpdateInput {
        approves_at_once: form.some("approvesAtOnce").map(|answer| answer == "true"),
        days,
        delivery_margin_days,
        exchange_days,
        expected_version: version(form),
        fee_basis_points,
        instructions: form.some("instructions"),
        location_id: form.some("locationId"),
        market_days: Some(market_days),
        refunds_shipping: form.some("refundsShipping").map(ReturnShippingRefund::Other),
        withdrawal_days,
        withdrawal_market_days: Some(withdrawal_market_days),
    };
    let nulls = nulls(form, &["instructions", "locationId"]);
    let variables = save_document::Variables { input };
    let refused = deed::run_with_nulls(staff, AdminReturnPolicySave, variables, &nulls).await?;
    let at_row = |refusal: Refusal| {
        let row = sent.iter().find_map(|(list, name, markets)| {
            let market = refusal.place(list).and_then(|place| markets.get(place))?;
            Some(format!("{name}.{market}"))
        });
        match row {
            Some(row) => Refusal::said(refusal.message().to_owned(), &row),
            None => refusal.called(&["feeBasisPoints"], "fee"),
        }
    };
    Ok(refused.into_iter().map(at_row).collect())
}

/// What is typed for each market, in fields of this name; a market without days is as the others.
fn by_market(typed: &mut Typed<'_>, form: &Form, name: &str) -> Vec<save_document::ReturnMarketDaysInput> {
    let mut rows = Vec::new();
    for market_id in form.all("market") {
        if let Some(days) = typed.number(&format!("{name}.{market_id}")) {
            rows.push(save_document::ReturnMarketDaysInput { days, market_id });
        }
    }
    rows
}

async fn page(staff: Staff, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminReturnPolicy, document::Variables {}).await?;
    let policy = data.return_policy.as_ref().ok_or(Problem::Broken)?;
    let edits = data.order_edit_policy.as_ref();
    let shown = context! {
        policy => value(policy),
        edits => value(&edits),
        fee => policy.fee_basis_points as f64 / 100.0,
        markets => value(&data.markets),
        locations => value(&data.locations),
        done => deed::done(&staff, "admin.settings.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/returns_policy/page.html", shown)
}
