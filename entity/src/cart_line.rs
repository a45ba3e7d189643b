//! A variant and how many of it.

use sea_orm::entity::prelude::*;

use crate::{
    attribute::Attributes,
    ids::{CartId, CartLineId, VariantId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "cart_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CartLineId,
    pub cart_id: CartId,
    pub variant_id: VariantId,
    pub quantity: i32,
    /// The price the shopper last saw: when it differs from today's, the cart says so.
    pub seen_price_minor: i64,
    pub created_at: DateTimeUtc,
    #[sea_orm(column_type = "JsonBinary")]
    pub attributes: Attributes,
    /// What tells lines of one variant apart: for whom a gift card is. Empty of all other goods.
    pub detail: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
