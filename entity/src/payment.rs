//! One attempt to be paid for an order. At most one of an order is live or has succeeded.

use sea_orm::entity::prelude::*;

use crate::{
    currency::Currency,
    ids::{OrderId, PaymentId, ProviderCustomerId, ReconciliationId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "payment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PaymentId,
    pub order_id: OrderId,
    pub provider: String,
    /// The provider's token of the shopper's means of payment.
    pub method_token: String,
    pub currency: Currency,
    pub amount_minor: i64,
    pub captured_minor: i64,
    pub refunded_minor: i64,
    /// What of it was paid back as store credit: not by the provider.
    pub credited_minor: i64,
    pub status: PaymentStatus,
    /// The provider's own id of it, once known.
    pub provider_reference: Option<String>,
    /// Why it was declined last. Kept when the shopper goes on, until money comes.
    pub decline_code: Option<String>,
    /// Declined, and stored as pending: the shopper's browser may still confirm it with another card
    /// until it is voided at the provider.
    pub reopenable: bool,
    /// What the shopper's client needs for the second factor.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub client_action: Option<Json>,
    /// A later attempt has taken its place. If its money turns up all the same, it is paid back.
    pub superseded: bool,
    /// Whether real money moves.
    pub live: bool,
    pub capture_mode: CaptureMode,
    /// When it was first sent to the provider.
    pub sent_at: Option<DateTimeUtc>,
    /// When an authorization lapses.
    pub capture_before: Option<DateTimeUtc>,
    /// Whether more of it may be captured after a part was.
    pub captures_in_parts: bool,
    /// Why it does not go on at present.
    pub trouble: Option<PaymentTrouble>,
    /// The last reconciliation that found it in the provider's books.
    pub reconciled_in: Option<ReconciliationId>,
    /// The order's version that it is asked for by; `None` for what the order was placed with.
    pub order_version: Option<i32>,
    /// Whose saved card pays, or for whom the card is to be saved; it may be erased since.
    pub provider_customer_id: Option<ProviderCustomerId>,
    /// Whether the shopper wants the card to be saved.
    pub saves_method: bool,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// See `commerce/src/payments/attempts/state` for which may follow which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentStatus {
    Created,
    Unknown,
    ActionRequired,
    Pending,
    Authorized,
    Captured,
    Declined,
    Voided,
    Refunded,
}

/// When the money of an attempt is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CaptureMode {
    /// With the order.
    AtOnce,
    /// When the goods go on their way; held until then.
    OnDispatch,
    /// When staff say that it has come.
    ByStaff,
}

/// Why an attempt does not go on at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PaymentTrouble {
    /// The provider does not answer: it will be asked again.
    ProviderUnavailable,
    /// The provider's keys or settings are missing or wrong: staff must act.
    ConfigMissing,
}
