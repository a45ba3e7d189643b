//! Goods that are not taken back.

use sea_orm::entity::prelude::*;

use crate::ids::ProductId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "return_exemption")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub product_id: ProductId,
    pub reason: ExemptionReason,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Why goods are not taken back; but for the last, as the EU's directive 2011/83 (article 16) has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExemptionReason {
    MadeToOrder,
    Perishable,
    /// Sealed for hygiene, and opened.
    Hygiene,
    /// Recordings and programs whose seal is broken.
    SealedMedia,
    OtherReason,
}
