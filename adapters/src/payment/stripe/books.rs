//! Looks things up at Stripe. Its lists are consistent with what was just done; its search is not,
//! and must not decide whether a charge was made.

use std::ops::ControlFlow;

use chrono::{DateTime, TimeDelta, Utc};
use serde::de::DeserializeOwned;
use vitrine_commerce::ports::payment::{ChargeLookup, RefundLookup, StatementPage};

use super::{
    StripeProvider,
    client::Answer,
    fault::Fault,
    form::{self, Form},
    object::{Intent, List, Listed, RefundObject},
    translate,
};

/// By how much Stripe's clock and ours may differ.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::seconds(300);

/// How far back the newest that Stripe lists are looked through.
const JUST_NOW: TimeDelta = TimeDelta::hours(1);

const PAGE: usize = 100;

/// How many pages a look-up may take. Of a payment that was just made the first is enough.
const PAGES_MAX: usize = 50;

impl StripeProvider {
    pub(super) async fn intent(&self, reference: &str) -> Result<Option<Answer<Intent>>, Fault> {
        let path = ["payment_intents", reference];
        self.client.find(&path, &vec![form::with_charge()]).await
    }

    pub(super) async fn refund_by(&self, reference: &str) -> Result<Option<Answer<RefundObject>>, Fault> {
        self.client.find(&["refunds", reference], &Form::new()).await
    }

    /// The intent of this shop that names our attempt. There are several only if it was sent again after Stripe
    /// had forgotten its key: then the one that holds the most.
    pub(super) async fn intent_of(&self, lookup: &ChargeLookup) -> Result<Option<Answer<Intent>>, Fault> {
        let since = (lookup.sent_after - CLOCKS_DIFFER).timestamp();
        let mut query = vec![with_charges()];
        query.extend(self.passes_over(lookup));
        let mut best: Option<Answer<Intent>> = None;
        let mut first = None;
        let visit = |intent: Answer<Intent>| {
            // The newest come first, so that only older ones follow. That is seen and not believed: in
            // a list that begins with the oldest, to stop at it would mean "never heard of it", and
            // that lets it be charged again.
            let has_descended = intent.body.created < *first.get_or_insert(intent.body.created);
            if has_descended && intent.body.created < since {
                return ControlFlow::Break(());
            }
            if intent.body.metadata.payment_of(&self.shop) == Some(lookup.payment)
                && best
                    .as_ref()
                    .is_none_or(|best| weight(&intent.body) > weight(&best.body))
            {
                best = Some(intent);
            }
            match best.as_ref().is_some_and(|best| weight(&best.body) == WEIGHT_OF_MONEY) {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        self.visit_all("payment_intents", query, visit).await?;
        Ok(best)
    }

    /// Past what was made since the attempt was last sent, and what was there before it first was.
    /// Where it was sent only just, the list begins near enough with it.
    fn passes_over(&self, lookup: &ChargeLookup) -> Form {
        let first = lookup.sent_after - CLOCKS_DIFFER;
        match lookup.sent_before.map(|last| last + CLOCKS_DIFFER) {
            Some(last) if self.clock.now() - last > JUST_NOW => vec![
                ("created[gte]", first.timestamp().to_string()),
                ("created[lte]", last.timestamp().to_string()),
            ],
            _ => Form::new(),
        }
    }

    /// The refund that names ours; if there are several, rather one that did not fail.
    pub(super) async fn refund_of(&self, lookup: &RefundLookup) -> Result<Option<Answer<RefundObject>>, Fault> {
        let query = vec![("payment_intent", lookup.charge_reference.clone())];
        let mut best = None;
        let visit = |refund: Answer<RefundObject>| {
            if refund.body.metadata.refund() != Some(lookup.refund) {
                return ControlFlow::Continue(());
            }
            if matches!(refund.body.status.as_deref(), Some("failed" | "canceled")) {
                best.get_or_insert(refund);
                return ControlFlow::Continue(());
            }
            best = Some(refund);
            ControlFlow::Break(())
        };
        match self.visit_all("refunds", query, visit).await {
            // Of a charge that is not there, there are no refunds.
            Err(fault) if fault.is_not_found() => Ok(None),
            visited => visited.map(|()| best),
        }
    }

    pub(super) async fn page(
        &self,
        since: DateTime<Utc>,
        until: DateTime<Utc>,
        cursor: Option<&str>,
    ) -> Result<StatementPage, Fault> {
        let mut query = vec![
            ("created[gte]", since.timestamp().to_string()),
            ("created[lt]", until.timestamp().to_string()),
            ("limit", PAGE.to_string()),
            with_charges(),
        ];
        query.extend(cursor.map(|cursor| ("starting_after", cursor.to_owned())));
        let page: List<Intent> = self.client.get(&["payment_intents"], &query).await?.body;
        let next = page.next();
        let mut charges = Vec::with_capacity(page.data.len());
        for intent in &page.data {
            match translate::statement_charge(intent, &self.shop) {
                Ok(charge) => charges.push(charge),
                // What is not ours may be in what is no currency to us.
                Err(fault) if intent.metadata.payment_of(&self.shop).is_none() => {
                    let error = &fault as &dyn std::error::Error;
                    tracing::warn!(reference = intent.id, error, "a charge of another system was left out");
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(StatementPage { charges, next })
    }

    /// Shows `visit` what a list holds, in its order, until it has seen enough.
    async fn visit_all<T: DeserializeOwned + Listed>(
        &self,
        list: &str,
        mut query: Form,
        mut visit: impl FnMut(Answer<T>) -> ControlFlow<()>,
    ) -> Result<(), Fault> {
        query.push(("limit", PAGE.to_string()));
        for _ in 0..PAGES_MAX {
            let Answer { body, request_id } = self.client.get::<List<T>>(&[list], &query).await?;
            let next = body.next();
            for body in body.data {
                let request_id = request_id.clone();
                if visit(Answer { body, request_id }).is_break() {
                    return Ok(());
                }
            }
            let Some(next) = next else { return Ok(()) };
            query.retain(|(name, _)| *name != "starting_after");
            query.push(("starting_after", next));
        }
        // Not "never heard of it": that would let it be charged again.
        Err(Fault::TooMany(PAGES_MAX * PAGE))
    }
}

fn with_charges() -> (&'static str, String) {
    ("expand[]", "data.latest_charge".to_owned())
}

const WEIGHT_OF_MONEY: u8 = 3;

/// What holds money weighs more than what may come to hold it, and that more than what cannot.
fn weight(intent: &Intent) -> u8 {
    match intent.status.as_str() {
        "succeeded" | "requires_capture" => WEIGHT_OF_MONEY,
        "canceled" => 0,
        "requires_payment_method" | "requires_confirmation" => 1,
        _ => 2,
    }
}
