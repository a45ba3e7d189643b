use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Datelike, Utc};
use vitrine_commerce::payments::saved;
use vitrine_entity::saved_payment_method;

use super::method::PaymentMethod;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// A card that a customer has saved.
#[derive(Debug, Clone)]
pub struct SavedPaymentMethod(pub saved_payment_method::Model);

/// A card that a customer has saved for the next time. The payment provider keeps it; its number is nowhere here. Their own
/// eyes only.
#[Object]
impl SavedPaymentMethod {
    /// Names the card: send it as `paymentMethod.savedPaymentMethodId` to pay with it.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Which way to pay it is; null where the shop does not have that any more, and then it pays nothing.
    async fn method(&self, ctx: &Context<'_>) -> Option<PaymentMethod> {
        PaymentMethod::named(ctx.shop(), &self.0.provider)
    }

    /// Who issued it, in the provider's word: `visa`, `mastercard`, `amex`.
    async fn brand(&self) -> &str {
        &self.0.brand
    }

    /// The last four digits of its number.
    async fn last_four(&self) -> &str {
        &self.0.last_four
    }

    /// In which month it expires, 1 to 12: with the end of it.
    async fn expiry_month(&self) -> i32 {
        self.0.expiry_month
    }

    /// In which year it expires, with its century.
    async fn expiry_year(&self) -> i32 {
        self.0.expiry_year
    }

    /// Whether it has expired. The bank may have replaced it since: whether it still pays, the provider says.
    async fn expired(&self, ctx: &Context<'_>) -> bool {
        let now = ctx.shop().now();
        (self.0.expiry_year, self.0.expiry_month) < (now.year(), now.month() as i32)
    }

    /// Whether it is proposed first.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }

    /// When it was saved.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// Which saved card goes.
#[derive(Debug, InputObject)]
pub struct SavedPaymentMethodRemoveInput {
    /// The card's id.
    pub id: ID,
}

/// Which saved card is proposed first.
#[derive(Debug, InputObject)]
pub struct SavedPaymentMethodMakeDefaultInput {
    /// The card's id.
    pub id: ID,
}

payload! {
    /// What `savedPaymentMethodRemove` answers.
    SavedPaymentMethodRemovePayload {
        /// The id that the card had.
        removed_id: ID,
    }
}

payload! {
    /// What `savedPaymentMethodMakeDefault` answers.
    SavedPaymentMethodMakeDefaultPayload {
        /// The card as it is now.
        saved_payment_method: SavedPaymentMethod,
    }
}

#[derive(Debug, Default)]
pub struct SavedPaymentMethodMutation;

#[Object]
impl SavedPaymentMethodMutation {
    /// Removes a saved card of the customer who is signed in, here and at the payment provider. It cannot be taken back:
    /// save it anew with the next payment. Where it was the default, the newest other one is.
    #[graphql(complexity = "10 + child_complexity")]
    async fn saved_payment_method_remove(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which saved card goes.")] input: SavedPaymentMethodRemoveInput,
    ) -> Result<Option<SavedPaymentMethodRemovePayload>> {
        SavedPaymentMethodRemovePayload::of(remove(ctx, input).await)
    }

    /// Makes a saved card of the customer who is signed in the one that is proposed first.
    #[graphql(complexity = "10 + child_complexity")]
    async fn saved_payment_method_make_default(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which saved card is proposed first.")] input: SavedPaymentMethodMakeDefaultInput,
    ) -> Result<Option<SavedPaymentMethodMakeDefaultPayload>> {
        SavedPaymentMethodMakeDefaultPayload::of(make_default(ctx, input).await)
    }
}

async fn remove(ctx: &Context<'_>, input: SavedPaymentMethodRemoveInput) -> vitrine_commerce::Result<ID> {
    let id = ids::input(&input.id, "saved card", &["id"])?;
    Ok(ids::public(saved::remove(ctx.shop(), ctx.caller(), id).await?))
}

async fn make_default(
    ctx: &Context<'_>,
    input: SavedPaymentMethodMakeDefaultInput,
) -> vitrine_commerce::Result<SavedPaymentMethod> {
    let id = ids::input(&input.id, "saved card", &["id"])?;
    let row = saved::make_default(ctx.shop(), ctx.caller(), id).await?;
    Ok(SavedPaymentMethod(row))
}
