//! What a list of products needs to filter and sort without touching variants: one row a currency.
//!
//! A projection, rebuilt by the job that also rebuilds the search document.

use sea_orm::entity::prelude::*;

use crate::{currency::Currency, ids::ProductId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "product_listing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub currency: Currency,
    pub price_min_minor: i64,
    pub price_max_minor: i64,
    pub compare_at_max_minor: Option<i64>,
    /// The least of what its reduced variants cost in the 30 days before they were reduced.
    pub lowest_minor: Option<i64>,
    pub in_stock: bool,
    /// Units sold, for the sort order "best selling".
    pub sold: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
