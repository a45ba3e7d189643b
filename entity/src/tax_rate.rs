//! A tax rate by country and subdivision, and where it differs, by category of goods.

use sea_orm::entity::prelude::*;

use crate::ids::TaxRateId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TaxRateId,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub tax_category: Option<String>,
    pub name: String,
    /// Hundredths of a percent: 19 % is 1900.
    pub basis_points: i32,
    /// ISO 3166-2, as in `CA-QC`; the whole country where there is none.
    pub region: Option<String>,
    /// Whether a subdivision's rate comes on top of its country's rather than in its place.
    pub on_top: bool,
    /// Whether staff have looked at it.
    pub confirmed: bool,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
