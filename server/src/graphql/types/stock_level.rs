use async_graphql::{ID, SimpleObject};
use vitrine_entity::stock;

use crate::graphql::{ids, int};

/// How many units of a variant lie at one place.
#[derive(Debug, SimpleObject)]
pub struct StockLevel {
    /// The place.
    pub location_id: ID,
    /// Units that lie there.
    pub on_hand: i32,
    /// Units that orders hold.
    pub reserved: i32,
    /// Units that nobody has ordered: on hand less reserved.
    pub available: i32,
    /// Grows with every change: send it as `expectedVersion`.
    pub version: i32,
}

impl From<stock::Model> for StockLevel {
    fn from(row: stock::Model) -> Self {
        Self {
            location_id: ids::public(row.location_id),
            on_hand: int(row.on_hand),
            reserved: int(row.reserved),
            available: int(row.on_hand - row.reserved),
            version: int(row.version),
        }
    }
}
