use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    payments::{self, ledger},
    staff::Permission,
};
use vitrine_entity::payment;

use super::{
    action::PaymentAction,
    capture::Capture,
    entry::{PaymentEntry, PaymentEntryConnection},
    method::PaymentMethod,
    object::{Payment, PaymentCaptureMode, PaymentStatus},
    problem::PaymentProblem,
    questions::CapturesOfPayment,
};
use crate::{
    graphql::{
        order::{object::Order, questions::OrderById},
        shared::{ContextExt, Money, Result, Said, cost, map, page},
    },
    ids,
};

/// An attempt to be paid for an order. An order has at most one that is live or has succeeded.
#[Object]
impl Payment {
    /// Names the attempt.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it stands.
    async fn status(&self) -> PaymentStatus {
        self.0.status.into()
    }

    /// What stands in the way of it, and what to do about it. Null when the money is held or has
    /// come.
    async fn problem(&self) -> Option<PaymentProblem> {
        payments::problem(&self.0).map(PaymentProblem::from)
    }

    /// Who takes the payment, as in `stripe`.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// How the shopper pays. Null when the shop does not have this method any more.
    async fn method(&self, ctx: &Context<'_>) -> Option<PaymentMethod> {
        PaymentMethod::named(ctx.shop(), &self.0.provider)
    }

    /// Whether real money moves; false for tests.
    async fn live(&self) -> bool {
        self.0.live
    }

    /// How much is to be paid.
    async fn amount(&self) -> Money {
        self.money(self.0.amount_minor)
    }

    /// How much of it the shop has.
    async fn captured_amount(&self) -> Money {
        self.money(self.0.captured_minor)
    }

    /// How much of that was paid back.
    async fn refunded_amount(&self) -> Money {
        self.money(self.0.refunded_minor)
    }

    /// When the money is taken.
    async fn capture_mode(&self) -> PaymentCaptureMode {
        self.0.capture_mode.into()
    }

    /// When money that is held is released by itself: capture it before. Null where the provider
    /// names no time.
    async fn capture_before(&self) -> Option<DateTime<Utc>> {
        self.0.capture_before
    }

    /// What was asked for of the money that is held, oldest first. Empty where all of it is taken
    /// with the order.
    #[graphql(complexity = "2 * child_complexity")]
    async fn captures(&self, ctx: &Context<'_>) -> Result<Vec<Capture>> {
        let rows = ctx.load(CapturesOfPayment(self.0.id)).await?.unwrap_or_default();
        let currency = self.0.currency;
        Ok(rows.into_iter().map(|row| Capture { row, currency }).collect())
    }

    /// Why it was declined, in the provider's code, as in `insufficient_funds`.
    async fn decline_code(&self) -> Option<&str> {
        self.0.decline_code.as_deref()
    }

    /// Why it was declined, in a sentence for the shopper.
    async fn decline_message(&self) -> Option<Said> {
        self.0.decline_code.as_deref().map(payments::decline_message).map(Said)
    }

    /// What the shopper must do now, such as confirming the payment at their bank. Null unless
    /// the status is `ACTION_REQUIRED`.
    async fn action(&self, ctx: &Context<'_>) -> Option<PaymentAction> {
        let waits = self.0.status == payment::PaymentStatus::ActionRequired;
        let client = self.0.client_action.as_ref().filter(|_| waits)?;
        let provider = ctx.shop().payment_providers.get(self.0.provider.as_str());
        let publishable_key = provider.and_then(|provider| provider.offer().publishable_key);
        Some(PaymentAction::read(client, publishable_key))
    }

    /// The order that it is to pay for. For staff with the permission `ORDERS`; null with an error
    /// otherwise.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        ctx.require(Permission::Orders)?;
        Ok(ctx.load(OrderById(self.0.order_id)).await?.map(Order))
    }

    /// The provider's own id of it, once known. For staff with the permission `PAYMENTS`; null
    /// with an error otherwise.
    async fn provider_reference(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Payments)?;
        Ok(self.0.provider_reference.clone())
    }

    /// What the payment ledger holds of it, oldest first. For staff with the permission
    /// `PAYMENTS`; null with an error otherwise.
    #[graphql(complexity = "cost(Some(first), None, child_complexity)")]
    async fn entries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many entries after `after`, 1 to 100.")] first: i32,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
    ) -> Result<Option<PaymentEntryConnection>> {
        let page = page(Some(first), after, None, None);
        let page = ledger::entries_of(ctx.shop(), ctx.caller(), self.0.id, &page).await?;
        Ok(Some(PaymentEntryConnection {
            page: map(page, PaymentEntry),
            context: (),
        }))
    }

    /// When it began.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

impl Payment {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.0.currency)
    }
}
