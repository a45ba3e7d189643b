//! Where goods are sent alike: countries, parts of them, or postal codes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::ShippingZoneId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "shipping_zone")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ShippingZoneId,
    pub name: String,
    /// ISO 3166-1 alpha-2 codes; `*` stands for every country that no other zone names.
    #[sea_orm(column_type = "JsonBinary")]
    pub countries: Places,
    /// ISO 3166-2 codes, as in `US-CA`.
    #[sea_orm(column_type = "JsonBinary")]
    pub regions: Places,
    #[sea_orm(column_type = "JsonBinary")]
    pub postal_codes: PostalCodes,
    pub position: i32,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Codes of places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Places(pub Vec<String>);

/// Postal codes of some countries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct PostalCodes(pub Vec<PostalArea>);

/// Postal codes of one country.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostalArea {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Ranges (`10000-19999`), beginnings (`BT*`) and single codes, without spaces, in capitals.
    pub codes: Vec<String>,
}
