//! What holds of changes of orders before they are sent: one row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_edit_policy")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub only_row: i32,
    /// For how many minutes after placing an order shoppers may change it themselves; 0: not at all.
    pub shopper_minutes: i32,
    /// Whether an order goes on its way although what a change has put on is not paid.
    pub dispatches_unpaid: bool,
    pub version: i64,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
