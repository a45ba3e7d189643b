//! What staff do with counts.

use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    ErrorCode, Refusal,
    inventory::counts::{self, CountClose, CountEnter, CountedGoods, CountedLine},
};
use vitrine_entity::ids::StockCountId;

use super::object::InventoryCount;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Where is counted.
#[derive(Debug, InputObject)]
pub struct InventoryCountBeginInput {
    /// The location's id.
    pub location_id: ID,
    /// For staff: at most 1,000 characters.
    pub note: Option<String>,
}

/// How many units of a variant there were. Name it by one of `variantId`, `sku` and `barcode`.
#[derive(Debug, InputObject)]
pub struct InventoryCountLineInput {
    /// The variant's id.
    pub variant_id: Option<ID>,
    /// The stock-keeping unit.
    pub sku: Option<String>,
    /// The number under the barcode.
    pub barcode: Option<String>,
    /// How many there were. What is packed for paid orders is no longer in the books: leave it aside. Null
    /// takes the line out of the count.
    pub counted: Option<i32>,
}

/// What was counted.
#[derive(Debug, InputObject)]
pub struct InventoryCountEnterInput {
    /// The count's id.
    pub id: ID,
    /// 1 to 250 lines; one that was there before is counted anew. A count has at most 2,000.
    pub lines: Vec<InventoryCountLineInput>,
}

/// Which count is applied.
#[derive(Debug, InputObject)]
pub struct InventoryCountApplyInput {
    /// The count's id.
    pub id: ID,
    /// The count's version that you saw: refuse to apply any other.
    pub expected_version: Option<i32>,
    /// Why, for the ledger: at most 200 characters.
    pub reason: String,
}

/// Which count is given up.
#[derive(Debug, InputObject)]
pub struct InventoryCountAbandonInput {
    /// The count's id.
    pub id: ID,
    /// The count's version that you saw: refuse to give up any other.
    pub expected_version: Option<i32>,
    /// Why: at most 200 characters.
    pub reason: String,
}

payload! {
    /// What `inventoryCountBegin` answers.
    InventoryCountBeginPayload {
        /// The new count.
        count: InventoryCount,
    }
}

payload! {
    /// What `inventoryCountEnter` answers.
    InventoryCountEnterPayload {
        /// The count as it is now.
        count: InventoryCount,
    }
}

payload! {
    /// What `inventoryCountApply` answers.
    InventoryCountApplyPayload {
        /// The count as it is now.
        count: InventoryCount,
    }
}

payload! {
    /// What `inventoryCountAbandon` answers.
    InventoryCountAbandonPayload {
        /// The count as it is now.
        count: InventoryCount,
    }
}

#[derive(Debug, Default)]
pub struct CountMutation;

#[Object]
impl CountMutation {
    /// Begins to count what lies at a location: one count at a time. For staff with the permission
    /// `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_count_begin(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where is counted.")] input: InventoryCountBeginInput,
    ) -> Result<Option<InventoryCountBeginPayload>> {
        InventoryCountBeginPayload::of(begin(ctx, input).await)
    }

    /// Enters how many units there were; each line keeps what the books said at that moment. For staff with the
    /// permission `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_count_enter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was counted.")] input: InventoryCountEnterInput,
    ) -> Result<Option<InventoryCountEnterPayload>> {
        InventoryCountEnterPayload::of(enter(ctx, input).await)
    }

    /// Applies a count: each line changes stock by the difference that was seen when it was counted, so that
    /// what was sold since is not lost. All of it or nothing. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_count_apply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which count is applied.")] input: InventoryCountApplyInput,
    ) -> Result<Option<InventoryCountApplyPayload>> {
        let close = close(&input.id, input.expected_version, input.reason);
        InventoryCountApplyPayload::of(match close {
            Ok(close) => counts::apply(ctx.shop(), ctx.caller(), close).await.map(InventoryCount),
            Err(refusal) => Err(refusal.into()),
        })
    }

    /// Gives a count up: stock stays as it is. For staff with the permission `INVENTORY`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn inventory_count_abandon(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which count is given up.")] input: InventoryCountAbandonInput,
    ) -> Result<Option<InventoryCountAbandonPayload>> {
        let close = close(&input.id, input.expected_version, input.reason);
        InventoryCountAbandonPayload::of(match close {
            Ok(close) => counts::abandon(ctx.shop(), ctx.caller(), close)
                .await
                .map(InventoryCount),
            Err(refusal) => Err(refusal.into()),
        })
    }
}

async fn begin(ctx: &Context<'_>, input: InventoryCountBeginInput) -> vitrine_commerce::Result<InventoryCount> {
    let location = ids::input(&input.location_id, "location", &["locationId"])?;
    let row = counts::begin(ctx.shop(), ctx.caller(), location, input.note.as_deref()).await?;
    Ok(InventoryCount(row))
}

async fn enter(ctx: &Context<'_>, input: InventoryCountEnterInput) -> vitrine_commerce::Result<InventoryCount> {
    let lines = input.lines.into_iter().enumerate();
    let enter = CountEnter {
        count: id(&input.id)?,
        lines: lines
            .map(|(index, line)| counted(index, line))
            .collect::<std::result::Result<_, _>>()?,
    };
    let row = counts::enter(ctx.shop(), ctx.caller(), enter).await?;
    Ok(InventoryCount(row))
}

fn counted(index: usize, line: InventoryCountLineInput) -> std::result::Result<CountedLine, Refusal> {
    let index = index.to_string();
    let goods = match (line.variant_id, line.sku, line.barcode) {
        (Some(id), None, None) => CountedGoods::Variant(ids::input(&id, "variant", &["lines", &index, "variantId"])?),
        (None, Some(sku), None) => CountedGoods::Sku(sku),
        (None, None, Some(barcode)) => CountedGoods::Barcode(barcode),
        _ => {
            let message = "Give one of `variantId`, `sku` and `barcode`.";
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index]));
        }
    };
    Ok(CountedLine {
        goods,
        counted: line.counted.map(i64::from),
    })
}

fn close(given: &str, expected_version: Option<i32>, reason: String) -> std::result::Result<CountClose, Refusal> {
    Ok(CountClose {
        count: id(given)?,
        expected_version: expected_version.map(i64::from),
        reason,
    })
}

fn id(id: &str) -> std::result::Result<StockCountId, Refusal> {
    ids::input(id, "count", &["id"])
}
