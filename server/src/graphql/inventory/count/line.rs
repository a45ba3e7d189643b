use async_graphql::{Context, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::Fault;
use vitrine_entity::stock_count_line;

use crate::graphql::{
    shared::{ContextExt, Result, connection, int},
    variant::{object::ProductVariant, questions::VariantById},
};

/// How many units of a variant were counted, and how many the books had at that moment.
#[derive(Debug, Clone)]
pub struct InventoryCountLine(pub stock_count_line::Model);

connection! { InventoryCountLineConnection, InventoryCountLineEdge, InventoryCountLine }

/// How many units of a variant were counted, and how many the books had at that moment.
#[Object]
impl InventoryCountLine {
    /// What was counted.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<ProductVariant> {
        let row = ctx.load(VariantById(self.0.variant_id)).await?;
        let missing = || Fault::Corrupt {
            table: "stock_count_line",
            column: "variant_id",
            id: self.0.variant_id.to_string(),
        };
        Ok(ProductVariant(row.ok_or_else(missing)?))
    }

    /// How many there were.
    async fn counted(&self) -> i32 {
        int(self.0.counted)
    }

    /// What the books said at that moment (`onHand`).
    async fn expected(&self) -> i32 {
        int(self.0.expected)
    }

    /// By how much stock changes when the count is applied: `counted` less `expected`.
    async fn difference(&self) -> i32 {
        int(self.0.counted - self.0.expected)
    }

    /// Who entered it.
    async fn counted_by(&self) -> &str {
        &self.0.counted_by
    }

    /// When.
    async fn counted_at(&self) -> DateTime<Utc> {
        self.0.counted_at
    }
}
