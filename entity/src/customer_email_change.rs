//! A mail address that an account is to have, once its owner agrees.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerEmailChangeId, CustomerId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_email_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerEmailChangeId,
    pub customer_id: CustomerId,
    /// In the one normal form.
    pub email: String,
    /// Whether a mail tells of it.
    pub is_mailed: bool,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
