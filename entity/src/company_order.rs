//! Which orders companies placed, and what they owe of them.

use sea_orm::entity::prelude::*;

use crate::ids::{CompanyId, OrderId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: OrderId,
    pub company_id: CompanyId,
    /// On account: how much, in the shop's own currency. `None`: it is paid otherwise.
    pub account_minor: Option<i64>,
    /// By when, in the shop's own time zone.
    pub due_on: Option<Date>,
    /// Since when it is not owed any more: paid, or given up.
    pub closed_at: Option<DateTimeUtc>,
    /// When the company was told that it is late.
    pub reminded_at: Option<DateTimeUtc>,
    /// Due so many days after it was ordered.
    pub terms_days: Option<i32>,
    /// When the company was told so a second time.
    pub second_reminded_at: Option<DateTimeUtc>,
    /// By which number the company knows its purchase.
    pub purchase_order_number: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
