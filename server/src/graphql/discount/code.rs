use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::discount_code;

use super::questions::OrdersOfCode;
use crate::{
    graphql::shared::{ContextExt, Result, connection, int},
    ids,
};

/// What a shopper types to have a discount.
#[derive(Debug, Clone)]
pub struct DiscountCode(pub discount_code::Model);

/// What a shopper types to have a discount. Case, blanks and the width of letters make no difference.
#[Object]
impl DiscountCode {
    /// Names the code.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The code, in its normal form.
    async fn code(&self) -> &str {
        &self.0.code
    }

    /// Whether anybody has the discount by it.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// How many orders have it; those that were cancelled do not count.
    async fn order_count(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(int(ctx.load(OrdersOfCode(self.0.id)).await?.unwrap_or_default()))
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

connection! { DiscountCodeConnection, DiscountCodeEdge, DiscountCode }
