//! Units of an order's line that come back, and what became of them.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderLineId, ReturnId, ReturnLineId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_return_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReturnLineId,
    pub return_id: ReturnId,
    pub order_line_id: OrderLineId,
    pub position: i32,
    pub quantity: i32,
    /// As the shopper says, until staff find another.
    pub reason: ReturnReason,
    /// What the shopper wrote of it.
    pub note: Option<String>,
    pub received: i32,
    /// Of those that came: back in stock.
    pub restocked: i32,
    /// Of those that came: never sold again.
    pub written_off: i32,
    /// Units of which the money went back.
    pub refunded: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why goods come back: as the shopper says, or as staff found when they inspected them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReturnReason {
    NotAsExpected,
    WrongSize,
    WrongItem,
    Damaged,
    Defective,
    Late,
    ChangedMind,
    OtherReason,
}

impl ReturnReason {
    /// Whether the shop answers for it: goods that came broken, do not work, or are not what was sold.
    pub fn is_of_shop(self) -> bool {
        match self {
            Self::NotAsExpected | Self::WrongItem | Self::Damaged | Self::Defective => true,
            Self::WrongSize | Self::Late | Self::ChangedMind | Self::OtherReason => false,
        }
    }
}
