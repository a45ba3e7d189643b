//! What a named value of a product must be.

use sea_orm::entity::prelude::*;

use crate::ids::AttributeDefinitionId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attribute_definition")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttributeDefinitionId,
    /// Names it in programs: `net_weight`. Unique among those that are not deleted.
    pub key: String,
    /// What people call it; products' values and filters name it by this. Unique as the key is.
    pub name: String,
    pub kind: AttributeKind,
    /// Whether a product may have several values.
    pub is_list: bool,
    /// Of a number with a unit: the one that values are kept and shown in.
    pub unit: Option<String>,
    /// Of a reference: what it may lead to.
    pub reference_kind: Option<ReferenceKind>,
    /// Whether it is a facet of searches, and may be filtered by range.
    pub filterable: bool,
    /// Whether shoppers see its values.
    pub visible: bool,
    pub position: i32,
    /// Ids of the categories whose products have it; empty for all.
    #[sea_orm(column_type = "JsonBinary")]
    pub categories: Json,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AttributeKind {
    Text,
    Number,
    NumberWithUnit,
    Boolean,
    Date,
    Colour,
    Reference,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ReferenceKind {
    Product,
    Variant,
    Category,
    Collection,
}
