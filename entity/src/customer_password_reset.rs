//! A shopper who has forgotten their password and asked for a new one by mail.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, CustomerPasswordResetId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_password_reset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerPasswordResetId,
    /// Null where nobody has the address that was given.
    pub customer_id: Option<CustomerId>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
