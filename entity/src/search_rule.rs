//! What staff want to be found, or not to be found, by a term.

use sea_orm::entity::prelude::*;

use crate::ids::SearchRuleId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SearchRuleId,
    /// Folded words with a blank between.
    pub term: String,
    pub kind: SearchRuleKind,
    pub active: bool,
    /// Grows with every edit by staff.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
    /// In which language searches are that go by it (BCP 47): in all where there is none.
    pub language: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Which searches a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SearchRuleKind {
    /// Those for the term and nothing else.
    Exact,
    /// Those that hold the term's words, one after the other.
    Contains,
}
