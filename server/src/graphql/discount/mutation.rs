use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::discounts;

use super::{input::DiscountInput, object::Discount};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// A discount to be made.
#[derive(Debug, InputObject)]
pub struct DiscountCreateInput {
    /// The discount as it should be.
    pub discount: DiscountInput,
    /// Its first codes, at most 100: letters, digits, hyphens, underscores and dots, at most 50 each. None where it applies
    /// by itself.
    #[graphql(default)]
    pub codes: Vec<String>,
}

/// Which discount changes, and how.
#[derive(Debug, InputObject)]
pub struct DiscountUpdateInput {
    /// The discount's id.
    pub id: ID,
    /// The discount's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The discount as it should be: all of it. Its codes stay.
    pub discount: DiscountInput,
}

/// Codes to be added to a discount.
#[derive(Debug, InputObject)]
pub struct DiscountCodesAddInput {
    /// The discount's id.
    pub id: ID,
    /// The codes, at most 100. Those that it has stay as they are.
    pub codes: Vec<String>,
}

/// Which discount is switched on.
#[derive(Debug, InputObject)]
pub struct DiscountActivateInput {
    /// The discount's id.
    pub id: ID,
    /// The discount's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which discount is switched off.
#[derive(Debug, InputObject)]
pub struct DiscountDeactivateInput {
    /// The discount's id.
    pub id: ID,
    /// The discount's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which discount is deleted.
#[derive(Debug, InputObject)]
pub struct DiscountDeleteInput {
    /// The discount's id.
    pub id: ID,
    /// The discount's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which discount comes back.
#[derive(Debug, InputObject)]
pub struct DiscountRestoreInput {
    /// The discount's id.
    pub id: ID,
}

payload! {
    /// What `discountCreate` answers.
    DiscountCreatePayload {
        /// The discount as it is now.
        discount: Discount,
    }
}

payload! {
    /// What `discountUpdate` answers.
    DiscountUpdatePayload {
        /// The discount as it is now.
        discount: Discount,
    }
}

payload! {
    /// What `discountCodesAdd` answers.
    DiscountCodesAddPayload {
        /// The discount as it is now.
        discount: Discount,
    }
}

payload! {
    /// What `discountActivate` answers.
    DiscountActivatePayload {
        /// The discount as it is now.
        discount: Discount,
    }
}

payload! {
    /// What `discountDeactivate` answers.
    DiscountDeactivatePayload {
        /// The discount as it is now.
        discount: Discount,
    }
}

payload! {
    /// What `discountDelete` answers.
    DiscountDeletePayload {
        /// The discount as it is now.
        discount: Discount,
    }
}

payload! {
    /// What `discountRestore` answers.
    DiscountRestorePayload {
        /// The discount as it is now.
        discount: Discount,
    }
}

#[derive(Debug, Default)]
pub struct DiscountMutation;

#[Object]
impl DiscountMutation {
    /// Makes a draft of a discount: no cart has it before it is switched on. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The discount.")] input: DiscountCreateInput,
    ) -> Result<Option<DiscountCreatePayload>> {
        DiscountCreatePayload::of(create(ctx, input).await)
    }

    /// Changes a discount. Carts go by it from now on; orders keep what they were given. For staff with the permission
    /// `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount changes, and how.")] input: DiscountUpdateInput,
    ) -> Result<Option<DiscountUpdatePayload>> {
        DiscountUpdatePayload::of(update(ctx, input).await)
    }

    /// Adds codes to a discount. A code is of one discount. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_codes_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The codes.")] input: DiscountCodesAddInput,
    ) -> Result<Option<DiscountCodesAddPayload>> {
        DiscountCodesAddPayload::of(add_codes(ctx, input).await)
    }

    /// Switches a discount on: carts have it from now on, or from when it starts. At most 25 that apply by themselves are
    /// switched on at once. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountActivateInput,
    ) -> Result<Option<DiscountActivatePayload>> {
        DiscountActivatePayload::of(activate(ctx, input).await)
    }

    /// Switches a discount off: it is a draft again. Carts that have it say so. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountDeactivateInput,
    ) -> Result<Option<DiscountDeactivatePayload>> {
        DiscountDeactivatePayload::of(deactivate(ctx, input).await)
    }

    /// Takes a discount away, switched off. Orders that have it keep it, and nobody else gets its codes. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountDeleteInput,
    ) -> Result<Option<DiscountDeletePayload>> {
        DiscountDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted discount back, as a draft. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which discount.")] input: DiscountRestoreInput,
    ) -> Result<Option<DiscountRestorePayload>> {
        DiscountRestorePayload::of(restore(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: DiscountCreateInput) -> vitrine_commerce::Result<Discount> {
    let draft = input.discount.draft()?;
    let made = discounts::create(ctx.shop(), ctx.caller(), &draft, &input.codes).await?;
    Ok(Discount(made))
}

async fn update(ctx: &Context<'_>, input: DiscountUpdateInput) -> vitrine_commerce::Result<Discount> {
    let id = ids::input(&input.id, "discount", &["id"])?;
    let version = input.expected_version.map(i64::from);
    let draft = input.discount.draft()?;
    let changed = discounts::update(ctx.shop(), ctx.caller(), id, version, &draft).await?;
    Ok(Discount(changed))
}

async fn add_codes(ctx: &Context<'_>, input: DiscountCodesAddInput) -> vitrine_commerce::Result<Discount> {
    let id = ids::input(&input.id, "discount", &["id"])?;
    let changed = discounts::add_codes(ctx.shop(), ctx.caller(), id, &input.codes).await?;
    Ok(Discount(changed))
}

async fn activate(ctx: &Context<'_>, input: DiscountActivateInput) -> vitrine_commerce::Result<Discount> {
    let id = ids::input(&input.id, "discount", &["id"])?;
    let version = input.expected_version.map(i64::from);
    let changed = discounts::activate(ctx.shop(), ctx.caller(), id, version).await?;
    Ok(Discount(changed))
}

async fn deactivate(ctx: &Context<'_>, input: DiscountDeactivateInput) -> vitrine_commerce::Result<Discount> {
    let id = ids::input(&input.id, "discount", &["id"])?;
    let version = input.expected_version.map(i64::from);
    let changed = discounts::deactivate(ctx.shop(), ctx.caller(), id, version).await?;
    Ok(Discount(changed))
}

async fn delete(ctx: &Context<'_>, input: DiscountDeleteInput) -> vitrine_commerce::Result<Discount> {
    let id = ids::input(&input.id, "discount", &["id"])?;
    let version = input.expected_version.map(i64::from);
    let changed = discounts::delete(ctx.shop(), ctx.caller(), id, version).await?;
    Ok(Discount(changed))
}

async fn restore(ctx: &Context<'_>, input: DiscountRestoreInput) -> vitrine_commerce::Result<Discount> {
    let id = ids::input(&input.id, "discount", &["id"])?;
    let restored = discounts::restore(ctx.shop(), ctx.caller(), id).await?;
    Ok(Discount(restored))
}
