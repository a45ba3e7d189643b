//! `/account/messages`: what the shop told a customer of their orders, and what of it they have not read.

use minijinja::context;

use crate::{
    answer::Answer,
    documents::{
        AccountMessages, AccountMessagesRead, account_messages::Variables, account_messages_read as read_document,
    },
    problem::Problem,
    storefront::{refusals::refusals, shown::value},
    visit::{Form, Posted, Rows, Visit},
};

/// How many messages a page has.
const MESSAGES: i64 = 20;

pub async fn show(visit: Visit) -> Answer {
    if !visit.is_signed_in() {
        return Err(Problem::SignedOut);
    }
    let query = Form::from(visit.uri.query().unwrap_or_default());
    let rows = Rows::read(&query, MESSAGES);
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
    };
    let data = visit.ask(AccountMessages, variables).await?;
    let viewer = data.viewer.ok_or(Problem::SignedOut)?;
    let done = (query.text("done") == "read").then(|| visit.say("account.messages-done"));
    let shown = context! { viewer => value(&viewer), done, is_indexed => false };
    visit.show("storefront/account/messages.html", shown).await
}

/// `POST /account/messages`: all of them were read.
pub async fn mark_read(posted: Posted) -> Answer {
    let visit = posted.visit;
    let data = visit.ask(AccountMessagesRead, read_document::Variables {}).await?;
    let marked = data.notifications_mark_all_read.ok_or(Problem::Broken)?;
    match refusals(&marked.user_errors).is_empty() {
        true => Ok(visit.go("/account/messages?done=read")),
        false => Err(Problem::SignedOut),
    }
}
