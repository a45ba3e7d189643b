//! What can be had of a variant, and what was promised.

use async_graphql::{Enum, SimpleObject};
use vitrine_commerce::inventory;
use vitrine_entity::backorder::{self, BackorderState};

use crate::graphql::shared::{Date, int};

/// What whoever orders now gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::inventory::StockStatus")]
pub enum StockStatus {
    /// It lies in stock, or never runs out.
    InStock,
    /// It is out of stock and can be ordered: it is sent once it has come again.
    Backorder,
    /// It has not come yet and can be ordered: it is sent once it has come.
    PreOrder,
    /// It cannot be ordered.
    SoldOut,
}

/// Whether promised goods come again or for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::backorder::BackorderKind")]
pub enum BackorderKind {
    /// They were out of stock.
    Backorder,
    /// They had not come yet.
    PreOrder,
}

/// How many units of a variant can be had, and whether they lie in stock or are promised.
#[derive(Debug, Clone, SimpleObject)]
pub struct VariantAvailability {
    /// What whoever orders now gets.
    pub status: StockStatus,
    /// Whether its units are counted; what is not tracked never runs out.
    pub tracked: bool,
    /// Units that can be sent at once; null where they are not counted.
    pub in_stock: Option<i32>,
    /// Units that can be ordered beyond those; null where any number can.
    pub promisable: Option<i32>,
    /// When what is ordered beyond those should be there, by what the shop knows now.
    pub expected_on: Option<Date>,
    /// When the next goods should come, of those that are on their way to the shop.
    pub next_incoming_on: Option<Date>,
}

impl VariantAvailability {
    pub fn show(availability: &inventory::Availability) -> Self {
        let tracked = availability.is_tracked();
        Self {
            status: availability.status().into(),
            tracked,
            in_stock: tracked.then(|| int(availability.in_stock())),
            promisable: (!availability.is_unlimited() && tracked).then(|| int(availability.promisable())),
            expected_on: availability.expected_on().map(Date),
            next_incoming_on: availability.next_incoming.map(Date),
        }
    }
}

/// Units of a cart's line that do not lie in stock: they are sent once they have come.
#[derive(Debug, Clone, SimpleObject)]
pub struct StockPromise {
    /// Whether they come again or for the first time.
    pub kind: BackorderKind,
    /// How many of the line's units.
    pub quantity: i32,
    /// When they should be there; null where nobody can say.
    pub expected_on: Option<Date>,
}

impl From<inventory::Promise> for StockPromise {
    fn from(promise: inventory::Promise) -> Self {
        Self {
            kind: promise.kind.into(),
            quantity: int(promise.quantity),
            expected_on: promise.expected_on.map(Date),
        }
    }
}

/// Units of an order's line that did not lie in stock when it was placed.
#[derive(Debug, Clone, SimpleObject)]
pub struct OrderLineBackorder {
    /// Whether they come again or for the first time.
    pub kind: BackorderKind,
    /// How many of the line's units.
    pub quantity: i32,
    /// How many of those have not come yet. The order is dispatched once there are none.
    pub waiting: i32,
    /// When they should be there, as it was promised; null where nobody could say.
    pub expected_on: Option<Date>,
}

impl OrderLineBackorder {
    /// All that was promised of a line; `None` where nothing was.
    pub fn show(rows: &[backorder::Model]) -> Option<Self> {
        let last = rows.last()?;
        let waiting = rows.iter().filter(|row| row.state == BackorderState::Waiting);
        Some(Self {
            kind: last.kind.into(),
            quantity: int(rows.iter().map(|row| row.quantity).sum()),
            waiting: int(waiting.map(|row| row.quantity - row.filled).sum()),
            expected_on: rows.iter().filter_map(|row| row.promised_for).max().map(Date),
        })
    }
}
