//! Somebody who asked for an account, and has not shown yet that the address is theirs.

use sea_orm::entity::prelude::*;

use crate::ids::CustomerSignUpId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_sign_up")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerSignUpId,
    /// In the one normal form.
    pub email: String,
    pub name: String,
    pub password_hash: String,
    /// Whether a mail tells of it.
    pub is_mailed: bool,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// In which language they asked (BCP 47).
    pub language: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
