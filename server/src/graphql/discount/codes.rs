use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::discounts::{
    batches::{self, BatchStart},
    code_desk,
};

use super::{batch::DiscountCodeBatch, code::DiscountCode};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Which codes to make.
#[derive(Debug, InputObject)]
pub struct DiscountCodesGenerateInput {
    /// The discount's id. It must be one that codes are typed for.
    pub discount_id: ID,
    /// How many: 1 to 100,000.
    pub quantity: i32,
    /// What each code begins with: at most 20 of A to Z, 0 to 9, `-` and `_`.
    pub prefix: Option<String>,
    /// How many letters and digits follow, none of them `0`, `O`, `1` or `I`: 6 to 20; 8 where it is left out.
    pub length: Option<i32>,
}

/// Which batch of codes stops.
#[derive(Debug, InputObject)]
pub struct DiscountCodesGenerateCancelInput {
    /// The batch's id.
    pub id: ID,
}

/// Which code to switch.
#[derive(Debug, InputObject)]
pub struct DiscountCodeSwitchInput {
    /// The code's id.
    pub id: ID,
}

payload! {
    /// What `discountCodesGenerate` answers.
    DiscountCodesGeneratePayload {
        /// The batch, whose codes are made in the background: ask for it again to see how far it is.
        batch: DiscountCodeBatch,
    }
}
payload! {
    /// What `discountCodesGenerateCancel` answers.
    DiscountCodesGenerateCancelPayload {
        /// The batch as it is now: the codes that were made stay.
        batch: DiscountCodeBatch,
    }
}
payload! {
    /// What `discountCodeDeactivate` answers.
    DiscountCodeDeactivatePayload {
        /// The code, which applies no longer.
        code: DiscountCode,
    }
}
payload! {
    /// What `discountCodeActivate` answers.
    DiscountCodeActivatePayload {
        /// The code, which applies while its discount does.
        code: DiscountCode,
    }
}

#[derive(Debug, Default)]
pub struct DiscountCodesQuery;

#[Object]
impl DiscountCodesQuery {
    /// A batch of codes, with how far it is. Null if there is none, or for whoever has not the permission `CATALOG`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn discount_code_batch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The batch's id.")] id: ID,
    ) -> Result<Option<DiscountCodeBatch>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let found = batches::by_id(ctx.shop(), ctx.caller(), id).await?;
        Ok(found.map(DiscountCodeBatch))
    }
}

#[derive(Debug, Default)]
pub struct DiscountCodesMutation;

#[Object]
impl DiscountCodesMutation {
    /// Has jobs make codes of a discount, each of them one of its kind. Their file is an export
    /// (`exportStart(input: { kind: DISCOUNT_CODES, discountId: … })`). For staff and apps with the permission
    /// `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn discount_codes_generate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which codes to make.")] input: DiscountCodesGenerateInput,
    ) -> Result<Option<DiscountCodesGeneratePayload>> {
        DiscountCodesGeneratePayload::of(generate(ctx, input).await)
    }

    /// Stops making codes; those that were made stay. For staff and apps with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_codes_generate_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which batch of codes stops.")] input: DiscountCodesGenerateCancelInput,
    ) -> Result<Option<DiscountCodesGenerateCancelPayload>> {
        DiscountCodesGenerateCancelPayload::of(cancel(ctx, input).await)
    }

    /// Has a code apply no longer: carts lose it, orders keep what it gave them. Asked again, it answers the same. For
    /// staff and apps with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_code_deactivate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which code to switch off.")] input: DiscountCodeSwitchInput,
    ) -> Result<Option<DiscountCodeDeactivatePayload>> {
        DiscountCodeDeactivatePayload::of(switch(ctx, &input.id, false).await)
    }

    /// Has a code apply again. Asked again, it answers the same. For staff and apps with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn discount_code_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which code to switch on.")] input: DiscountCodeSwitchInput,
    ) -> Result<Option<DiscountCodeActivatePayload>> {
        DiscountCodeActivatePayload::of(switch(ctx, &input.id, true).await)
    }
}

async fn generate(ctx: &Context<'_>, input: DiscountCodesGenerateInput) -> vitrine_commerce::Result<DiscountCodeBatch> {
    let start = BatchStart {
        discount: ids::input(&input.discount_id, "discount", &["discountId"])?,
        quantity: input.quantity.into(),
        prefix: input.prefix,
        length: input.length,
    };
    let batch = batches::start(ctx.shop(), ctx.caller(), start).await?;
    Ok(DiscountCodeBatch(batch))
}

async fn cancel(
    ctx: &Context<'_>,
    input: DiscountCodesGenerateCancelInput,
) -> vitrine_commerce::Result<DiscountCodeBatch> {
    let id = ids::input(&input.id, "batch of codes", &["id"])?;
    Ok(DiscountCodeBatch(batches::cancel(ctx.shop(), ctx.caller(), id).await?))
}

async fn switch(ctx: &Context<'_>, id: &ID, active: bool) -> vitrine_commerce::Result<DiscountCode> {
    let id = ids::input(id, "code", &["id"])?;
    Ok(DiscountCode(
        code_desk::switch(ctx.shop(), ctx.caller(), id, active).await?,
    ))
}
