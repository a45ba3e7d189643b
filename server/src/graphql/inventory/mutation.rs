use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    Refusal,
    inventory::{self, Adjust},
};
use vitrine_entity::ids::LocationId;

use super::stock_level::StockLevel;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Which stock changes, by how much, and why.
#[derive(Debug, InputObject)]
pub struct InventoryAdjustInput {
    /// The variant's id.
    pub variant_id: ID,
    /// The location's id; the first location where it is left out.
    pub location_id: Option<ID>,
    /// Units to add, or where negative, to take away.
    pub delta: i32,
    /// Why, for the ledger: at most 200 characters.
    pub reason: String,
    /// The stock's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `inventoryAdjust` answers.
    InventoryAdjustPayload {
        /// The stock as it is now.
        stock_level: StockLevel,
    }
}

#[derive(Debug, Default)]
pub struct InventoryMutation;

#[Object]
impl InventoryMutation {
    /// Adds to, or takes from, what lies in stock at a location. Never below what orders hold. For staff with
    /// the permission `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_adjust(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which stock changes, by how much, and why.")] input: InventoryAdjustInput,
    ) -> Result<Option<InventoryAdjustPayload>> {
        InventoryAdjustPayload::of(adjust(ctx, input).await)
    }
}

/// Reads the id of a location at `field`, where one is named.
pub(super) fn location(id: Option<&ID>, field: &str) -> std::result::Result<Option<LocationId>, Refusal> {
    id.map(|id| ids::input(id, "location", &[field])).transpose()
}

async fn adjust(ctx: &Context<'_>, input: InventoryAdjustInput) -> vitrine_commerce::Result<StockLevel> {
    let adjust = Adjust {
        variant: ids::input(&input.variant_id, "variant", &["variantId"])?,
        location: location(input.location_id.as_ref(), "locationId")?,
        delta: input.delta.into(),
        reason: input.reason,
        expected_version: input.expected_version.map(i64::from),
    };
    Ok(StockLevel(inventory::adjust(ctx.shop(), ctx.caller(), adjust).await?))
}
