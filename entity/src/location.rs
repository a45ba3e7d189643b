//! Where stock lies, and where goods may be picked up.

use sea_orm::entity::prelude::*;

use crate::{address::Address, ids::LocationId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "location")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LocationId,
    pub name: String,
    /// Stock is taken from the lowest first.
    pub position: i32,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub address: Option<Address>,
    /// Whether stock is taken from here.
    pub active: bool,
    /// Whether shoppers may pick up their goods here.
    pub pickup: bool,
    pub pickup_instructions: Option<String>,
    /// In words.
    pub opening_hours: Option<String>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
