//! What happened to an account, and to which address a mail tells of it.

use sea_orm::entity::prelude::*;

use crate::ids::CustomerNoticeId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerNoticeId,
    pub kind: CustomerNoticeKind,
    pub email: String,
    /// What they were called then.
    pub name: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CustomerNoticeKind {
    PasswordChanged,
    EmailChangeRequested,
    EmailChanged,
    /// An account at a provider lets them in, too, from now on.
    IdentityLinked,
    /// The file of all that is kept of them is written.
    DataExported,
    Erased,
    /// Nobody uses the account: it goes unless somebody signs in.
    Unused,
}
