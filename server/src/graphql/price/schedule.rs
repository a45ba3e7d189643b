use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::Fault;
use vitrine_entity::price_schedule::{self, PriceScheduleState as State};

use crate::{
    graphql::{
        shared::{ContextExt, Money, Result, connection, int},
        variant::{object::ProductVariant, questions::VariantById},
    },
    ids,
};

/// Where a scheduled price stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "State")]
pub enum PriceScheduleState {
    /// Its time has not come.
    Planned,
    /// It is the price, unless staff have set another since.
    Active,
    /// Its time is over, or it has become the price for good.
    Ended,
    /// Staff have taken it back.
    Withdrawn,
}

/// What a variant is to cost from a time on, or from a time to a time.
#[derive(Debug, Clone)]
pub struct PriceSchedule(pub price_schedule::Model);

connection! { PriceScheduleConnection, PriceScheduleEdge, PriceSchedule }

/// What a variant is to cost from a time on, or from a time to a time.
#[Object]
impl PriceSchedule {
    /// Names the scheduled price.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Whose price it is to be.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<ProductVariant> {
        let missing = || Fault::Corrupt {
            table: "price_schedule",
            column: "variant_id",
            id: self.0.id.to_string(),
        };
        let row = ctx.load(VariantById(self.0.variant_id)).await?;
        Ok(ProductVariant(row.ok_or_else(missing)?))
    }

    /// What one unit is to cost, in the shop's own currency or in that of a price list.
    async fn price(&self) -> Money {
        Money::new(self.0.amount_minor, self.0.currency)
    }

    /// The former price, shown crossed out while it lasts.
    async fn compare_at_price(&self) -> Option<Money> {
        let former = self.0.compare_at_minor;
        former.map(|minor| Money::new(minor, self.0.currency))
    }

    /// What it took the place of, and what is the price again at its end; null before it begins.
    async fn former_price(&self) -> Option<Money> {
        let former = self.0.before_minor;
        former.map(|minor| Money::new(minor, self.0.currency))
    }

    /// From when on it is the price.
    async fn begins_at(&self) -> DateTime<Utc> {
        self.0.begins_at
    }

    /// When it is the price no longer; null where it stays.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at
    }

    /// Where it stands.
    async fn state(&self) -> PriceScheduleState {
        self.0.state.into()
    }

    /// Who planned it: the id of a member of staff, or of an app.
    async fn created_by(&self) -> &str {
        &self.0.actor
    }

    /// When it was planned.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}
