use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::catalog::price_schedules::{self, PriceScheduleChange, PriceScheduleDraft};

use super::schedule::PriceSchedule;
use crate::{
    graphql::shared::{ContextExt, CurrencyCode, Decimal, Result, given, payload},
    ids,
};

/// A price that is planned.
#[derive(Debug, InputObject)]
pub struct PriceScheduleCreateInput {
    /// Whose price it is to be.
    pub variant_id: ID,
    /// In which currency: the shop's own unless given, or one that it has a price list in.
    pub currency_code: Option<CurrencyCode>,
    /// What one unit is to cost, in that currency: `"39.90"`.
    pub price: Decimal,
    /// The former price, shown crossed out while it lasts; none unless given.
    pub compare_at_price: Option<Decimal>,
    /// From when on it is the price: not in the past, and at most two years ahead.
    pub begins_at: DateTime<Utc>,
    /// When the former price is back; left out, the price stays.
    pub ends_at: Option<DateTime<Utc>>,
}

/// Which scheduled price changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct PriceScheduleUpdateInput {
    /// The scheduled price's id.
    pub id: ID,
    /// Its version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What one unit is to cost; of one that has begun, at once.
    pub price: Option<Decimal>,
    /// The former price, shown crossed out while it lasts; null for none.
    pub compare_at_price: MaybeUndefined<Decimal>,
    /// From when on it is the price; of one that has begun it does not change.
    pub begins_at: Option<DateTime<Utc>>,
    /// When the former price is back; null: it stays.
    pub ends_at: MaybeUndefined<DateTime<Utc>>,
}

/// Which scheduled price is taken back.
#[derive(Debug, InputObject)]
pub struct PriceScheduleWithdrawInput {
    /// The scheduled price's id.
    pub id: ID,
    /// Its version that you saw: refuse to take any other back.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `priceScheduleCreate` answers.
    PriceScheduleCreatePayload {
        /// The scheduled price as it is now.
        price_schedule: PriceSchedule,
    }
}
payload! {
    /// What `priceScheduleUpdate` answers.
    PriceScheduleUpdatePayload {
        /// The scheduled price as it is now.
        price_schedule: PriceSchedule,
    }
}
payload! {
    /// What `priceScheduleWithdraw` answers.
    PriceScheduleWithdrawPayload {
        /// The scheduled price as it is now.
        price_schedule: PriceSchedule,
    }
}

#[derive(Debug, Default)]
pub struct PriceMutation;

#[Object]
impl PriceMutation {
    /// Plans a price of a variant. Two of one variant in one currency can't overlap. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn price_schedule_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The price that is planned.")] input: PriceScheduleCreateInput,
    ) -> Result<Option<PriceScheduleCreatePayload>> {
        PriceScheduleCreatePayload::of(create(ctx, input).await)
    }

    /// Changes a planned price, or the end and the amounts of one that holds. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn price_schedule_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one changes, and how.")] input: PriceScheduleUpdateInput,
    ) -> Result<Option<PriceScheduleUpdatePayload>> {
        PriceScheduleUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a planned price back. Where it holds, the former price is there again at once, unless staff have set another
    /// since. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn price_schedule_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one is taken back.")] input: PriceScheduleWithdrawInput,
    ) -> Result<Option<PriceScheduleWithdrawPayload>> {
        PriceScheduleWithdrawPayload::of(withdraw(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: PriceScheduleCreateInput) -> vitrine_commerce::Result<PriceSchedule> {
    let draft = PriceScheduleDraft {
        variant: ids::input(&input.variant_id, "variant", &["variantId"])?,
        currency: input.currency_code.map(|code| code.0),
        price: input.price.0,
        compare_at: input.compare_at_price.map(|price| price.0),
        begins_at: input.begins_at,
        ends_at: input.ends_at,
    };
    let made = price_schedules::create(ctx.shop(), ctx.caller(), draft).await?;
    Ok(PriceSchedule(made))
}

async fn update(ctx: &Context<'_>, input: PriceScheduleUpdateInput) -> vitrine_commerce::Result<PriceSchedule> {
    let id = ids::input(&input.id, "scheduled price", &["id"])?;
    let change = PriceScheduleChange {
        price: input.price.map(|price| price.0),
        compare_at: given(input.compare_at_price).map(|price| price.map(|price| price.0)),
        begins_at: input.begins_at,
        ends_at: given(input.ends_at),
    };
    let expected = input.expected_version.map(i64::from);
    let changed = price_schedules::update(ctx.shop(), ctx.caller(), id, expected, change).await?;
    Ok(PriceSchedule(changed))
}

async fn withdraw(ctx: &Context<'_>, input: PriceScheduleWithdrawInput) -> vitrine_commerce::Result<PriceSchedule> {
    let id = ids::input(&input.id, "scheduled price", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    let withdrawn = price_schedules::withdraw(ctx.shop(), ctx.caller(), id, expected).await?;
    Ok(PriceSchedule(withdrawn))
}
