//! Something was wrong with goods that nobody sends back, and what the shop did about it.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderClaimId, OrderId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrderClaimId,
    pub order_id: OrderId,
    pub kind: ClaimKind,
    pub reason: ClaimReason,
    /// What staff wrote, which the shopper is shown.
    pub note: Option<String>,
    /// What went back; `None` where goods were sent again.
    pub amount_minor: Option<i64>,
    /// The order by which they were sent again.
    pub replacement_id: Option<OrderId>,
    pub created_by: String,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// What the shop does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClaimKind {
    /// The goods are sent once more.
    Resend,
    /// Money goes back to what the order was paid with.
    Refund,
    StoreCredit,
}

/// What was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClaimReason {
    /// The parcel never came.
    Lost,
    /// Something was not in the parcel.
    Missing,
    Damaged,
    Defective,
    WrongItem,
    Late,
    Goodwill,
}
