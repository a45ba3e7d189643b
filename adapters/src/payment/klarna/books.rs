//! What the account has taken, by what Klarna has paid out: days behind, so that it tells of what others have charged and
//! must not decide whether a charge of ours was made. Of ours that it does not tell yet, each is looked up by itself.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use vitrine_commerce::ports::payment::{ChargeState, StatementCharge, StatementPage};

use super::{
    KlarnaProvider,
    fault::Fault,
    object::{Payouts, Transaction, Transactions},
    translate,
};
use crate::payment::names::Named;

/// Of each of ours another question is asked, within the time that a page may take.
const PAGE: usize = 20;

/// After this long a capture has been paid out.
const PAID_OUT_WITHIN: TimeDelta = TimeDelta::days(45);

impl KlarnaProvider {
    /// A part of a payout.
    pub(super) async fn statement_page(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, Fault> {
        let time = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        let (payout, offset) = place(cursor);
        let end = (until + PAID_OUT_WITHIN).min(self.clock.now()).max(since);
        let query = [
            ("start_date", time(since)),
            ("end_date", time(end)),
            ("size", "1".to_owned()),
            ("offset", payout.to_string()),
        ];
        let payouts = self
            .client
            .get::<Payouts>(&["settlements", "v1", "payouts"], &query)
            .await?;
        let Some(paid) = payouts.body.payouts.first() else {
            return Ok(StatementPage::default());
        };
        let query = [
            ("payment_reference", paid.payment_reference.clone()),
            ("size", PAGE.to_string()),
            ("offset", offset.to_string()),
        ];
        let path = ["settlements", "v1", "transactions"];
        let told = self.client.get::<Transactions>(&path, &query).await?.body.transactions;
        let mut charges = Vec::with_capacity(told.len());
        for transaction in &told {
            charges.extend(self.statement_charge(transaction, since, until).await?);
        }
        let next = match told.len() < PAGE {
            true => format!("{}:0", payout + 1),
            false => format!("{payout}:{}", offset + PAGE),
        };
        Ok(StatementPage {
            charges,
            next: Some(next),
        })
    }

    /// `None` for what is no capture, for all but the first capture of an order, and for what was not taken between the two.
    async fn statement_charge(
        &self,
        told: &Transaction,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Option<StatementCharge>, Fault> {
        let (Some(reference), Some(capture_date)) = (&told.order_id, told.capture_date) else {
            return Ok(None);
        };
        if told.kind != "SALE" {
            return Ok(None);
        }
        let is_between = |time: DateTime<Utc>| since <= time && time < until;
        let named = Named::of(told.merchant_reference2.as_deref(), &self.shop);
        if let Some(named) = named
            && let Some(found) = self.order(reference).await?
        {
            let order = &found.body;
            let first = order.captures.first();
            let is_first = first.map(|capture| &capture.capture_id) == told.capture_id.as_ref();
            let created_at = first.and_then(|capture| capture.captured_at).unwrap_or(capture_date);
            if !is_first || !is_between(created_at) {
                return Ok(None);
            }
            return Ok(Some(StatementCharge {
                reference: order.order_id.clone(),
                payment: Some(named.payment),
                state: translate::state(order),
                amount: translate::money(order.amount_minor(), &order.purchase_currency)?,
                captured_minor: order.captured_amount,
                refunded_minor: order.refunded_amount,
                live: self.is_live,
                created_at,
            }));
        }
        if !is_between(capture_date) {
            return Ok(None);
        }
        let amount = match translate::money(told.amount, &told.currency_code) {
            Ok(amount) => amount,
            // What is not ours may be in what is no currency to us.
            Err(fault) => {
                let error = &fault as &dyn std::error::Error;
                tracing::warn!(reference, error, "a charge of another system was left out");
                return Ok(None);
            }
        };
        Ok(Some(StatementCharge {
            reference: reference.clone(),
            payment: None,
            state: ChargeState::Captured,
            amount,
            captured_minor: amount.minor,
            refunded_minor: 0,
            live: self.is_live,
            created_at: capture_date,
        }))
    }
}

/// Which payout, and which of its transactions.
fn place(cursor: Option<&str>) -> (usize, usize) {
    let (payout, offset) = cursor.and_then(|cursor| cursor.split_once(':')).unwrap_or_default();
    (payout.parse().unwrap_or_default(), offset.parse().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_names_a_payout_and_a_place_in_it() {
        for (cursor, expected) in [
            (None, (0, 0)),
            (Some("0:20"), (0, 20)),
            (Some("3:0"), (3, 0)),
            (Some("x"), (0, 0)),
        ] {
            assert_eq!(place(cursor), expected, "{cursor:?}");
        }
    }
}
