//! What was taken off an order or put on it, and why; one that all goods share has a row a line.

use sea_orm::entity::prelude::*;

use crate::ids::{DiscountCodeId, DiscountId, OrderAdjustmentId, OrderId, OrderLineId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_adjustment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderAdjustmentId,
    pub order_id: OrderId,
    /// Counts the order's adjustments, from 0: rows that share it are of one.
    pub position: i32,
    pub kind: AdjustmentKind,
    pub target: AdjustmentTarget,
    /// Whose price it changed; none for shipping and the total.
    pub order_line_id: Option<OrderLineId>,
    /// Always more than nothing: `kind` says which way.
    pub amount_minor: i64,
    /// What produced it, for programs.
    pub code: String,
    /// What produced it, for the shopper.
    pub label: String,
    /// The discount that it is of.
    pub discount_id: Option<DiscountId>,
    /// The code by which the order came by it.
    pub discount_code_id: Option<DiscountCodeId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// See `vitrine_commerce::pricing::Effect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AdjustmentKind {
    Discount,
    Fee,
    Credit,
}

/// What it was aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AdjustmentTarget {
    /// One line.
    Line,
    /// All lines: this row is one's part.
    Goods,
    Shipping,
    /// What is to be paid in all: of a credit only.
    Total,
}
