//! What is sold: one combination of a product's option values, with its SKU.

use sea_orm::entity::prelude::*;

use crate::ids::{ProductId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "variant")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VariantId,
    pub product_id: ProductId,
    pub sku: String,
    pub title: String,
    /// One value for each of the product's options, in their order.
    #[sea_orm(column_type = "JsonBinary")]
    pub option_values: Json,
    pub position: i32,
    pub active: bool,
    pub weight_grams: i32,
    pub requires_shipping: bool,
    pub tax_category: Option<String>,
    pub barcode: Option<String>,
    /// Staff are told once when what is available falls to this or below.
    pub low_stock_threshold: Option<i32>,
    /// Its SKU while its product is deleted: `sku` then holds what no SKU can.
    pub deleted_sku: Option<String>,
    /// What it needs of whoever carries it, in a word of the shop's own: `bulky`, `frozen`.
    pub shipping_class: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
