//! Countries in which the shop sells in one currency.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    currency::Currency,
    ids::{CollectionId, MarketId, ProductId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "market")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MarketId,
    pub name: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub countries: Countries,
    /// The shop's own, or a price list's.
    pub currency: Currency,
    /// BCP 47: in which language it is answered there unless somebody asks for another.
    pub language: Option<String>,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "JsonBinary")]
    pub goods: MarketGoods,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// ISO 3166-1 alpha-2, in the order of the alphabet, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Countries(pub Vec<String>);

/// Which goods a market has: all, where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct MarketGoods {
    /// None but what one of these holds, where there are any.
    pub only_collections: Vec<CollectionId>,
    /// Not what one of these holds.
    pub without_collections: Vec<CollectionId>,
    /// Not these.
    pub without_products: Vec<ProductId>,
}

impl MarketGoods {
    /// Whether it has whatever the shop has.
    pub fn are_all(&self) -> bool {
        *self == Self::default()
    }
}
