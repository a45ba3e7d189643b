//! Looks things up at PayPal: an order by its id, and what the account has taken, by its transaction search, which is some
//! hours behind and must not decide whether a charge was made.

use chrono::{DateTime, SecondsFormat, Utc};
use vitrine_commerce::ports::payment::{ChargeState, StatementCharge, StatementPage};

use super::{
    PayPalProvider,
    client::Answer,
    fault::Fault,
    names::Named,
    object::{Order, Taken, TransactionInfo, Transactions},
    translate,
};

/// Of each of ours two more questions are asked, within the time that a page may take.
const PAGE: usize = 20;

/// Payments, by PayPal's codes of what happens to an account; paying back and withdrawing have others.
const PAYMENTS: &str = "T00";

/// As PayPal writes times there: with an offset without a colon.
const TIME: &str = "%Y-%m-%dT%H:%M:%S%z";

impl PayPalProvider {
    pub(super) async fn order(&self, reference: &str) -> Result<Option<Answer<Order>>, Fault> {
        self.client.find(&["v2", "checkout", "orders", reference]).await
    }

    /// What has become of an order with which something was done just now.
    pub(super) async fn order_after(&self, reference: &str) -> Result<Answer<Order>, Fault> {
        let found = self
            .order(reference)
            .await
            .map_err(|fault| Fault::Unseen(Box::new(fault)))?;
        found.ok_or_else(|| Fault::Nonsense(format!("`{reference}` is not there any more")))
    }

    pub(super) async fn page(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, Fault> {
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        let page: u32 = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(1);
        let query = [
            ("start_date", time(since)),
            ("end_date", time(until)),
            ("fields", "transaction_info".to_owned()),
            ("page_size", PAGE.to_string()),
            ("page", page.to_string()),
        ];
        let told: Transactions = self
            .client
            .get(&["v1", "reporting", "transactions"], &query)
            .await?
            .body;
        let mut charges = Vec::with_capacity(told.transaction_details.len());
        for transaction in &told.transaction_details {
            charges.extend(
                self.statement_charge(&transaction.transaction_info, since, until)
                    .await?,
            );
        }
        let next = (page < told.total_pages).then(|| (page + 1).to_string());
        Ok(StatementPage { charges, next })
    }

    /// `None` for what is no payment, or was not made between the two.
    async fn statement_charge(
        &self,
        told: &TransactionInfo,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<StatementCharge>, Fault> {
        let created_at = created_at(told)?;
        let is_payment = told.transaction_event_code.starts_with(PAYMENTS);
        if !is_payment || created_at < since || created_at >= until || told.transaction_amount.value.starts_with('-') {
            return Ok(None);
        }
        let named = Named::of(told.custom_field.as_deref(), &self.shop);
        if let Some(named) = named.filter(|named| named.refund.is_none())
            && let Some(order) = self.order_of(&told.transaction_id).await?
        {
            let charge = translate::statement_charge(&order, named.payment, self.is_live, created_at)?;
            return Ok(Some(charge));
        }
        let amount = match told.transaction_amount.money() {
            Ok(amount) => amount,
            // What is not ours may be in what is no currency to us.
            Err(fault) => {
                let error = &fault as &dyn std::error::Error;
                tracing::warn!(
                    reference = told.transaction_id,
                    error,
                    "a charge of another system was left out"
                );
                return Ok(None);
            }
        };
        Ok(Some(StatementCharge {
            reference: told.transaction_id.clone(),
            payment: None,
            state: ChargeState::Captured,
            amount,
            captured_minor: amount.minor,
            refunded_minor: 0,
            live: self.is_live,
            created_at,
        }))
    }

    /// The order that a capture belongs to.
    async fn order_of(&self, capture: &str) -> Result<Option<Order>, Fault> {
        let path = ["v2", "payments", "captures", capture];
        let Some(found) = self.client.find::<Taken>(&path).await? else {
            return Ok(None);
        };
        let Some(reference) = found.body.order() else {
            return Ok(None);
        };
        Ok(self.order(reference).await?.map(|answer| answer.body))
    }
}

fn created_at(told: &TransactionInfo) -> Result<DateTime<Utc>, Fault> {
    let text = &told.transaction_initiation_date;
    let read = DateTime::parse_from_str(text, TIME).or_else(|_| DateTime::parse_from_rfc3339(text));
    let read = read.map_err(|_| Fault::Nonsense(format!("`{}` was made at {text:?}", told.transaction_id)))?;
    Ok(read.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_times_are_read() {
        let read = |text: &str| {
            let told = serde_json::json!({ "transaction_id": "3C6", "transaction_initiation_date": text,
                "transaction_amount": { "currency_code": "EUR", "value": "1.00" } });
            created_at(&serde_json::from_value(told).unwrap())
        };
        for text in [
            "2026-11-30T11:00:00+0100",
            "2026-11-30T10:00:00Z",
            "2026-11-30T10:00:00+00:00",
        ] {
            assert_eq!(read(text).unwrap().to_rfc3339(), "2026-11-30T10:00:00+00:00", "{text}");
        }
        assert!(matches!(read("yesterday"), Err(Fault::Nonsense(_))));
    }
}
