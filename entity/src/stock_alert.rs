//! Somebody who wants to be told when a variant is back in stock.

use sea_orm::entity::prelude::*;

use crate::ids::{CustomerId, StockAlertId, VariantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_alert")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StockAlertId,
    pub variant_id: VariantId,
    pub email: String,
    /// Who asked, where they were signed in.
    pub customer_id: Option<CustomerId>,
    pub locale: String,
    pub state: StockAlertState,
    pub created_at: DateTimeUtc,
    /// When they were told, or did not want to be any more.
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What became of the wish. A variant and a mail address have one that waits, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StockAlertState {
    Waiting,
    Told,
    Stopped,
}
