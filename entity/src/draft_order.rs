//! An order that staff put together for somebody: a cart of theirs, and where it stands.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{CartId, DraftOrderId, OrderId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_order")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DraftOrderId,
    /// What people read and say, as in `D-7K3M-9QXT`.
    pub number: String,
    /// What it holds, for whom, and for how much.
    pub cart_id: CartId,
    pub state: DraftOrderState,
    pub currency: Currency,
    /// As it was when staff last changed it; of one that is an order, the order's.
    pub total_minor: i64,
    /// What staff write to whoever is to pay.
    pub message: Option<String>,
    /// What staff keep in mind about it.
    pub staff_note: Option<String>,
    /// Of what opens it to whoever is to pay.
    pub token_hash: Vec<u8>,
    pub created_by: String,
    /// Until when it may be paid; as long as it is there where nobody said.
    pub expires_at: Option<DateTimeUtc>,
    pub sent_at: Option<DateTimeUtc>,
    pub completed_at: Option<DateTimeUtc>,
    /// What it became.
    pub order_id: Option<OrderId>,
    /// Grows with every edit by staff.
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where a draft order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DraftOrderState {
    /// Staff put it together.
    Open,
    /// Whoever has its link may pay it, until it expires.
    Sent,
    /// It is an order.
    Completed,
}
