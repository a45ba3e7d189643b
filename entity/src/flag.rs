//! What is switched while the shop runs, and for whom.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::ids::{CustomerGroupId, MarketId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "flag")]
pub struct Model {
    /// A capability's of the shop, or one that its front ends ask for.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub description: String,
    /// Off for everybody where it is not on.
    pub is_on: bool,
    /// 0 to 100: of those whom no rule names.
    pub percent: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub rules: FlagRules,
    /// Grows with every change.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// In their order: the first that names somebody decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct FlagRules(pub Vec<FlagRule>);

/// Whom a rule names: those of whom everything holds that it says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FlagRule {
    /// 0 to 100: for how many of them it is on.
    pub percent: i32,
    pub audience: Option<FlagAudience>,
    /// ISO 3166-1 alpha-2.
    pub countries: Vec<String>,
    pub markets: Vec<MarketId>,
    pub customer_groups: Vec<CustomerGroupId>,
    /// From then on.
    pub starts_at: Option<DateTimeUtc>,
    /// Before then.
    pub ends_at: Option<DateTimeUtc>,
}

/// Who somebody is to the shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FlagAudience {
    /// Whoever is not signed in.
    Guests,
    /// Whoever is signed in as a shopper.
    Customers,
    /// Who works here, and apps.
    Staff,
}
