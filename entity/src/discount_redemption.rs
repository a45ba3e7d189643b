//! That an order has a discount: once each.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{CustomerId, DiscountCodeId, DiscountId, DiscountRedemptionId, OrderId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "discount_redemption")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DiscountRedemptionId,
    pub discount_id: DiscountId,
    pub discount_code_id: Option<DiscountCodeId>,
    pub order_id: OrderId,
    /// The account that it was counted for; orders of guests may be an account's later.
    pub customer_id: Option<CustomerId>,
    /// What the mail address of the order is known by; forgotten with it.
    pub mail_key: Option<String>,
    pub currency: Currency,
    /// What was taken off in all.
    pub amount_minor: i64,
    pub redeemed_at: DateTimeUtc,
    /// When the order was cancelled, or changed so that nothing of it is left: it counts no longer.
    pub released_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
