//! How often a term was searched for on a day, and with what success; never by whom.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "search_term_day")]
pub struct Model {
    /// In the shop's time zone.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    /// Folded words with a blank between.
    #[sea_orm(primary_key, auto_increment = false)]
    pub term: String,
    pub searches: i64,
    /// Of these, how many found nothing.
    pub found_nothing: i64,
    /// Of these, how many found a few products.
    pub found_little: i64,
    /// In which languages (ISO 639), each with a blank around it; none where nobody noted it.
    pub languages: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
