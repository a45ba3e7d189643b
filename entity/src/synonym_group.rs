//! Terms that shoppers use for the same thing.

use sea_orm::entity::prelude::*;

use crate::ids::SynonymGroupId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "synonym_group")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SynonymGroupId,
    /// A search for it finds the synonyms, too; without it, a search for any of them finds the others.
    pub term: Option<String>,
    /// Terms as staff wrote them.
    #[sea_orm(column_type = "JsonBinary")]
    pub synonyms: Json,
    /// Grows with every edit by staff.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
    /// BCP 47: in the searches of which language alone they stand for each other, whatever its region; in all if it is `None`.
    pub language: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
