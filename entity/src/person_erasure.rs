//! That a person is to be erased, and was.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, PersonErasureId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person_erasure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonErasureId,
    /// Whose account goes. Null for guests, and once it is done.
    pub customer_id: Option<CustomerId>,
    /// Null once it is done.
    pub email: Option<String>,
    pub state: ErasureState,
    /// As the ledgers name whoever asked for it.
    pub actor: String,
    pub created_at: DateTimeUtc,
    /// Until when the link of the mail opens.
    pub expires_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where an erasure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErasureState {
    /// The link of the mail was not followed yet.
    Asked,
    Running,
    Done,
}
