//! How many units of a variant lie at a location. Available is `on_hand - reserved`, never below zero.

use sea_orm::entity::prelude::*;

use crate::ids::{LocationId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub variant_id: VariantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub location_id: LocationId,
    pub on_hand: i64,
    pub reserved: i64,
    /// Grows with every change; staff's edits name the one they saw.
    pub version: i64,
    pub low_alerted: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
