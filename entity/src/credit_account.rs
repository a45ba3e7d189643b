//! Money that the shop owes: what is on a gift card, and what a customer has as store credit.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{CreditAccountId, CustomerId, OrderId, OrderLineId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CreditAccountId,
    pub kind: CreditKind,
    pub currency: Currency,
    /// The sum of its entries.
    pub balance_minor: i64,
    pub entry_count: i64,
    /// Whose store credit it is; `None` once they were erased.
    pub customer_id: Option<CustomerId>,
    /// SHA-256 of a gift card's code.
    pub code_hash: Option<Vec<u8>>,
    /// The last characters of the code.
    pub last_four: Option<String>,
    /// BCP 47: in which its mails are written.
    pub locale: String,
    pub recipient_email: Option<String>,
    pub recipient_name: Option<String>,
    pub sender_name: Option<String>,
    /// What the giver writes.
    pub message: Option<String>,
    /// When its mail is due; `None`: nobody is sent one.
    pub deliver_at: Option<DateTimeUtc>,
    pub mailed_at: Option<DateTimeUtc>,
    /// What staff note of it.
    pub note: Option<String>,
    /// From then on it pays nothing.
    pub expires_at: Option<DateTimeUtc>,
    /// Of which expiry its owner was reminded.
    pub reminded_for: Option<DateTimeUtc>,
    pub disabled_at: Option<DateTimeUtc>,
    /// By which it was bought.
    pub order_id: Option<OrderId>,
    pub order_line_id: Option<OrderLineId>,
    /// Which one of its line's it is, from 0.
    pub position: i32,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CreditKind {
    GiftCard,
    StoreCredit,
}
