use async_graphql::{ID, SimpleObject};
use vitrine_commerce::fulfilment::edits::{Preview, StockChange};

use crate::{
    graphql::{
        order::{cost::OrderCost, line::OrderLine},
        shared::Money,
    },
    ids,
};

/// What a change of an order would come to at this moment. It is written nowhere.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct OrderEditPreview {
    /// The order's version that it was tried on: send it as `expectedVersion` to change that and no other.
    pub version: i32,
    /// What it costs now.
    pub cost_before: OrderCost,
    /// What it would cost.
    pub cost: OrderCost,
    /// What it would cost more; less, where it is below nothing.
    pub difference: Money,
    /// What would be to be paid more, in all.
    pub unpaid: Money,
    /// What would go back at once. What is only held is never taken instead.
    pub refund: Money,
    /// Its lines as they would be.
    pub lines: Vec<OrderLine>,
    /// What it would do to stock.
    pub stock: Vec<OrderEditStock>,
}

#[async_graphql::ComplexObject]
impl OrderEditPreview {
    /// Whether there is enough of everything.
    async fn in_stock(&self) -> bool {
        self.stock.iter().all(|stock| stock.enough)
    }
}

/// What a change of an order would do to the stock of a variant.
#[derive(Debug, SimpleObject)]
pub struct OrderEditStock {
    /// The variant's id.
    pub variant_id: ID,
    /// Its SKU.
    pub sku: String,
    /// How many units would be taken; put back, where it is below nothing.
    pub units: i32,
    /// Of how many there are, or may be promised.
    pub available: i32,
    /// Whether that is enough.
    pub enough: bool,
}

impl From<Preview> for OrderEditPreview {
    fn from(preview: Preview) -> Self {
        let (before, after) = (preview.before, preview.after);
        let currency = after.currency;
        let money = |minor| Money::new(minor, currency);
        Self {
            version: crate::graphql::shared::int(before.event_count),
            difference: money(after.total_minor - before.total_minor),
            unpaid: money(after.unpaid_minor),
            refund: money(preview.refund_minor),
            cost_before: OrderCost(before),
            cost: OrderCost(after),
            lines: preview
                .lines
                .into_iter()
                .map(|line| OrderLine { line, currency })
                .collect(),
            stock: preview.stock.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<StockChange> for OrderEditStock {
    fn from(change: StockChange) -> Self {
        Self {
            enough: change.is_to_be_had(),
            variant_id: ids::public(change.variant),
            sku: change.sku,
            units: crate::graphql::shared::int(change.units),
            available: crate::graphql::shared::int(change.available),
        }
    }
}
