//! A shopper with an account.

use sea_orm::entity::prelude::*;

use crate::ids::CustomerId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerId,
    /// In the one normal form: trimmed, NFC, lower case.
    pub email: String,
    pub name: String,
    pub password_hash: String,
    /// Whether they have chosen one: who came by a provider has none that anybody knows.
    pub has_password: bool,
    /// Whether they have shown that the address is theirs: every account since it is asked for, older ones once they
    /// follow the link of a mail.
    pub address_proven: bool,
    pub created_at: DateTimeUtc,
    /// Whether they pay no tax, and why, as staff wrote it.
    pub tax_exempt: bool,
    pub tax_exempt_reason: Option<String>,
    pub version: i64,
    /// Since when staff let them in no more.
    pub disabled_at: Option<DateTimeUtc>,
    /// When their last session that is forgotten was used, if one was.
    pub last_seen_at: Option<DateTimeUtc>,
    /// When they were told that the account goes because nobody uses it.
    pub inactivity_told_at: Option<DateTimeUtc>,
    /// In which language they read (BCP 47), where that is known.
    pub language: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
