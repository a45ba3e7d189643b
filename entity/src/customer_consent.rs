//! What a customer said to marketing, and when: one row each time, never changed.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerConsentId, CustomerId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerConsentId,
    pub customer_id: CustomerId,
    pub channel: MarketingChannel,
    pub granted: bool,
    /// Which wording they agreed to, or withdrew from, as the storefront calls it.
    pub wording: String,
    pub source: ConsentSource,
    /// To which address it was meant: whoever has it has shown that it is theirs.
    pub email: String,
    pub created_at: DateTimeUtc,
    /// What the other shop system is called in which they said so, where it was not here.
    pub imported_from: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// How they are written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum MarketingChannel {
    Email,
}

/// How they said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ConsentSource {
    /// In their account.
    Account,
    /// By the link of a mail.
    Link,
}
