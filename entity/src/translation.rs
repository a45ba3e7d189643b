//! What a text of a thing is in another language.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "translation")]
pub struct Model {
    /// The thing's id in its public form, or, where it has none, what names it: `option:Colour`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub thing: String,
    /// BCP 47.
    #[sea_orm(primary_key, auto_increment = false)]
    pub locale: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    pub text: String,
    /// What kind of thing it is.
    pub kind: String,
    /// The thing's id, where it has one.
    pub thing_id: Option<Uuid>,
    /// The text that was translated.
    pub source: String,
    pub version: i64,
    /// Who wrote it.
    pub actor: String,
    pub written_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
