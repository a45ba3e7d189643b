use async_graphql::{Context, ID, InputObject, Object};
use uuid::Uuid;
use vitrine_commerce::{
    Fault,
    inventory::{self, LevelFilter},
};
use vitrine_entity::{
    ids::{LocationId, VariantId},
    stock, variant,
};

use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        shared::{ContextExt, Result, connection, int},
        variant::{object::ProductVariant, questions::VariantById},
    },
    ids,
};

/// How many units of a variant lie at one place.
#[derive(Debug, Clone)]
pub struct StockLevel(pub stock::Model);

connection! { StockLevelConnection, StockLevelEdge, StockLevel }

/// Restricts a list of levels of stock. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct StockLevelWhere {
    /// Of this variant.
    pub variant_id: Option<ID>,
    /// At this place.
    pub location_id: Option<ID>,
    /// Of the variant with this SKU.
    pub sku: Option<String>,
    /// Those of which little is left: the available units are at the variant's `lowStockThreshold` or below.
    #[graphql(default)]
    pub low: bool,
}

impl From<StockLevelWhere> for LevelFilter {
    fn from(filter: StockLevelWhere) -> Self {
        // What is no id is nobody's: nothing is found by it.
        Self {
            sku: filter.sku,
            variant: filter
                .variant_id
                .map(|id| ids::find(&id).unwrap_or(VariantId(Uuid::nil()))),
            location: filter
                .location_id
                .map(|id| ids::find(&id).unwrap_or(LocationId(Uuid::nil()))),
            low: filter.low,
        }
    }
}

/// How many units of a variant lie at one place.
#[Object]
impl StockLevel {
    /// What lies there.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<ProductVariant> {
        Ok(ProductVariant(self.variant_row(ctx).await?))
    }

    /// The place.
    async fn location_id(&self) -> ID {
        ids::public(self.0.location_id)
    }

    /// The place itself.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Location> {
        let missing = || Fault::Corrupt {
            table: "stock",
            column: "location_id",
            id: self.0.location_id.to_string(),
        };
        let row = ctx.load(LocationById(self.0.location_id)).await?;
        Ok(Location(row.ok_or_else(missing)?))
    }

    /// Units that lie there.
    async fn on_hand(&self) -> i32 {
        int(self.0.on_hand)
    }

    /// Units that orders hold.
    async fn reserved(&self) -> i32 {
        int(self.0.reserved)
    }

    /// Units that nobody has ordered: on hand less reserved.
    async fn available(&self) -> i32 {
        int(self.0.on_hand - self.0.reserved)
    }

    /// Whether the available units are at the variant's `lowStockThreshold` or below. The shop is
    /// told by mail, once, when they fall so far.
    async fn low_stock(&self, ctx: &Context<'_>) -> Result<bool> {
        let variant = self.variant_row(ctx).await?;
        Ok(inventory::is_low(&self.0, variant.low_stock_threshold))
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }
}

impl StockLevel {
    async fn variant_row(&self, ctx: &Context<'_>) -> Result<variant::Model> {
        let missing = || Fault::Corrupt {
            table: "stock",
            column: "variant_id",
            id: self.0.variant_id.to_string(),
        };
        Ok(ctx.load(VariantById(self.0.variant_id)).await?.ok_or_else(missing)?)
    }
}
