use async_graphql::{Context, ID, Object};
use vitrine_commerce::Fault;
use vitrine_entity::stock_transfer_line;

use super::questions::TransferById;
use crate::{
    graphql::{
        shared::{ContextExt, Date, Result, int},
        variant::{object::ProductVariant, questions::VariantById},
    },
    ids,
};

/// A variant in a transfer, and what became of its units.
#[derive(Debug, Clone)]
pub struct InventoryTransferLine(pub stock_transfer_line::Model);

/// A variant in a transfer, and what became of its units.
#[Object]
impl InventoryTransferLine {
    /// The transfer.
    async fn transfer_id(&self) -> ID {
        ids::public(self.0.transfer_id)
    }

    /// What is transferred.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<ProductVariant> {
        let row = ctx.load(VariantById(self.0.variant_id)).await?;
        let missing = || Fault::Corrupt {
            table: "stock_transfer_line",
            column: "variant_id",
            id: self.0.variant_id.to_string(),
        };
        Ok(ProductVariant(row.ok_or_else(missing)?))
    }

    /// How many units it was to bring.
    async fn quantity(&self) -> i32 {
        int(self.0.quantity)
    }

    /// How many have come.
    async fn received(&self) -> i32 {
        int(self.0.received)
    }

    /// How many went back to the origin.
    async fn returned(&self) -> i32 {
        int(self.0.returned)
    }

    /// How many never came.
    async fn missing(&self) -> i32 {
        int(self.0.missing)
    }

    /// How many are still to come.
    async fn outstanding(&self) -> i32 {
        int(self.0.quantity - self.0.received - self.0.returned - self.0.missing)
    }

    /// When the transfer should come.
    async fn expected_on(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        let row = ctx.load(TransferById(self.0.transfer_id)).await?;
        Ok(row.and_then(|row| row.expected_on).map(Date))
    }

    /// The supplier's number for the transfer, or the carrier's.
    async fn reference(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let row = ctx.load(TransferById(self.0.transfer_id)).await?;
        Ok(row.and_then(|row| row.reference))
    }
}
