//! A file with all that is kept of a person.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, PersonExportId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "person_export")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonExportId,
    pub customer_id: Option<CustomerId>,
    pub email: String,
    pub state: PersonExportState,
    /// Names it in the store of objects.
    pub storage_key: Uuid,
    pub byte_size: i64,
    /// As the ledgers name whoever asked for it.
    pub actor: String,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PersonExportState {
    Running,
    Done,
}
