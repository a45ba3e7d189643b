//! How much of a refund is what a payment, a gift card or store credit has paid.

use sea_orm::entity::prelude::*;

use crate::ids::{CreditAccountId, PaymentId, RefundId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refund_share")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_refund_id: RefundId,
    /// In which order they pay, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// Either this or the account has paid what goes back.
    pub payment_id: Option<PaymentId>,
    pub account_id: Option<CreditAccountId>,
    /// The part that the payment's provider pays back.
    pub refund_id: Option<RefundId>,
    pub amount_minor: i64,
    /// Of what went from an account to an exchange: how much of it is on that account again.
    pub passed_minor: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
