//! `/account/stock-alerts`: what a customer waits for to be back in stock, and how they stop waiting.

use minijinja::context;

use crate::{
    answer::Answer,
    documents::{
        AccountAlertCancel, AccountAlerts, account_alert_cancel as cancel_document, account_alerts::Variables,
    },
    problem::Problem,
    storefront::{refusals::refusals, shown::value},
    visit::{Form, Posted, Rows, Visit},
};

/// How many of them a page has.
const ALERTS: i64 = 20;

pub async fn show(visit: Visit) -> Answer {
    if !visit.is_signed_in() {
        return Err(Problem::SignedOut);
    }
    let query = Form::from(visit.uri.query().unwrap_or_default());
    let rows = Rows::read(&query, ALERTS);
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = visit.ask(AccountAlerts, variables).await?;
    let viewer = data.viewer.ok_or(Problem::SignedOut)?;
    let done = (query.text("done") == "ended").then(|| visit.say("account.alert_ended"));
    let shown = context! { viewer => value(&viewer), done, is_indexed => false };
    visit.show("storefront/account/alerts.html", shown).await
}

/// `POST /account/stock-alerts`: they wait for one no more.
pub async fn cancel(posted: Posted) -> Answer {
    let id = posted.some("id").ok_or(Problem::BadForm)?;
    let visit = posted.visit;
    let input = cancel_document::StockAlertCancelInput { id };
    let data = visit
        .ask(AccountAlertCancel, cancel_document::Variables { input })
        .await?;
    let refused = refusals(&data.stock_alert_cancel.ok_or(Problem::Broken)?.user_errors);
    match refused.first().map(|refusal| refusal.code.as_str()) {
        None => Ok(visit.go("/account/stock-alerts?done=ended")),
        // One that is forgotten meanwhile is waited for no more.
        Some("NOT_FOUND") => Ok(visit.go("/account/stock-alerts")),
        Some(_) => Err(Problem::SignedOut),
    }
}
