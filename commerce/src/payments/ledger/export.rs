//! The ledger as a table that an auditor can open: CSV (RFC 4180), oldest first, page by page.

use std::collections::HashMap;

use async_stream::try_stream;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use futures::Stream;
use sea_orm::ActiveEnum;
use serde_json::Value as Json;
use vitrine_entity::{
    ids::{OrderId, PaymentId},
    order, payment, payment_entry,
};

use super::list::{self, Direction, EntryFilter};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    money::{Currency, Money},
    orders, payments,
    table::csv,
};

/// Entries that are read and written at a time.
const BATCH: u64 = 500;

/// The first row.
const COLUMNS: [&str; 14] = [
    "time",
    "order",
    "payment",
    "kind",
    "operation",
    "key",
    "amount",
    "currency",
    "outcome",
    "reference",
    "request_id",
    "correlation_id",
    "actor",
    "body",
];

/// Which part of the ledger; all of it where nothing is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// From then on.
    pub since: Option<DateTime<Utc>>,
    /// Before then.
    pub until: Option<DateTime<Utc>>,
}

/// The ledger of a period, as pieces of one CSV file in UTF-8. However long it is, a piece is small;
/// nothing of the database is held while a piece is on its way.
///
/// # Errors
/// Refuses whoever may not read the ledger, and a period that ends before it begins.
pub fn export(
    shop: Shop,
    context: &Context,
    period: Period,
) -> Result<impl Stream<Item = Result<Vec<u8>>> + Send + 'static> {
    list::require(context)?;
    if let (Some(since), Some(until)) = (period.since, period.until)
        && since >= until
    {
        let message = messages::period_ends_first();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["until"]).into());
    }
    let filter = EntryFilter {
        since: period.since,
        // What is written while this goes on belongs to the next export, or it might never end.
        until: Some(period.until.unwrap_or_else(|| shop.now() + TimeDelta::microseconds(1))),
        ..EntryFilter::default()
    };
    Ok(try_stream! {
        yield csv([COLUMNS.map(str::to_owned)])?;
        let mut last = None;
        loop {
            let entries = list::read(&shop, &filter, last, Direction::OldestFirst, BATCH).await?;
            let Some(newest) = entries.last() else { break };
            last = Some((newest.created_at, newest.id));
            let attempts = Attempts::of(&shop, &entries).await?;
            yield csv(entries.iter().map(|entry| attempts.row(entry)))?;
        }
    })
}

/// What an entry does not say of itself.
struct Attempts {
    payments: HashMap<PaymentId, payment::Model>,
    orders: HashMap<OrderId, order::Model>,
}

impl Attempts {
    async fn of(shop: &Shop, entries: &[payment_entry::Model]) -> Result<Self> {
        let mut ids: Vec<_> = entries.iter().map(|entry| entry.payment_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let payments = payments::by_id(shop, &ids).await?;
        let mut ids: Vec<_> = payments.values().map(|payment| payment.order_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let orders = orders::load::orders(shop, &ids).await?;
        Ok(Self { payments, orders })
    }

    fn row(&self, entry: &payment_entry::Model) -> [String; COLUMNS.len()] {
        let payment = self.payments.get(&entry.payment_id);
        let order = payment.and_then(|payment| self.orders.get(&payment.order_id));
        let currency = match text(&entry.body, "currency") {
            Some(code) => code.parse().ok(),
            None => payment.map(|payment| payment.currency),
        };
        let amount = currency.and_then(|currency| amount(&entry.body, currency));
        [
            entry.created_at.to_rfc3339_opts(SecondsFormat::Millis, true),
            order.map_or_else(String::new, |order| order.number.clone()),
            entry.payment_id.to_string(),
            entry.kind.to_value(),
            entry.operation.clone(),
            entry.key.clone().unwrap_or_default(),
            amount.clone().unwrap_or_default(),
            currency
                .filter(|_| amount.is_some())
                .map_or_else(String::new, |currency| currency.to_string()),
            outcome(&entry.body),
            text(&entry.body, "reference").unwrap_or_default(),
            text(&entry.body, "requestId").unwrap_or_default(),
            entry.correlation_id.clone(),
            entry.actor.clone(),
            entry.body.to_string(),
        ]
    }
}

fn amount(body: &Json, currency: Currency) -> Option<String> {
    let minor = body.get("amountMinor")?.as_i64()?;
    Some(Money::new(minor, currency).decimal())
}

/// What the provider answered, or how it failed to.
fn outcome(body: &Json) -> String {
    let state = body.get("state").and_then(|state| text(state, "state"));
    state.or_else(|| text(body, "error")).unwrap_or_default()
}

fn text(body: &Json, name: &str) -> Option<String> {
    body.get(name)?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_outcome_is_the_state_or_the_error() {
        assert_eq!(outcome(&json!({ "state": { "state": "captured" } })), "captured");
        assert_eq!(outcome(&json!({ "error": "unknown", "detail": "…" })), "unknown");
        assert_eq!(outcome(&json!({ "amountMinor": 1 })), "");
    }

    #[test]
    fn an_amount_has_its_currencys_decimals() {
        let body = json!({ "amountMinor": 1250 });
        assert_eq!(amount(&body, Currency::EUR).as_deref(), Some("12.50"));
        assert_eq!(
            amount(&body, "JPY".parse().expect("a currency")).as_deref(),
            Some("1250")
        );
        assert_eq!(amount(&json!({}), Currency::EUR), None);
    }
}
