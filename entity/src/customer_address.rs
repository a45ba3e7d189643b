//! An address of a customer's address book.

use sea_orm::entity::prelude::*;

use crate::{
    address::Address,
    ids::{CustomerAddressId, CustomerId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_address")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerAddressId,
    pub customer_id: CustomerId,
    #[sea_orm(column_type = "JsonBinary")]
    pub address: Address,
    pub default_shipping: bool,
    pub default_billing: bool,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// Since when it is deleted: it can be restored for a while.
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
