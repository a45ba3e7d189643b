//! Writes what a refund is, what it is for, and its parts.

use sea_orm::{ActiveValue::Set, EntityTrait};
use vitrine_entity::{
    ids::RefundId,
    order,
    order_refund::{self, RefundTo},
    payment, refund_share,
};

use super::{lines, reason::RefundReason, wanted::Wanted};
use crate::{Result, Tx};

/// Writes a refund and what it is for.
pub(super) async fn write(
    tx: &Tx,
    id: RefundId,
    order: &order::Model,
    amount_minor: i64,
    wanted: &Wanted,
    (to, reason): (RefundTo, RefundReason<'_>),
) -> Result<()> {
    let row = order_refund::ActiveModel {
        id: Set(id),
        order_id: Set(order.id),
        destination: Set(to),
        amount_minor: Set(amount_minor),
        shipping_minor: Set(wanted.shipping_minor),
        reason: Set(reason.told().map(str::to_owned)),
        created_at: Set(tx.shop().now()),
    };
    order_refund::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    lines::write(tx, id, &wanted.parts).await
}

/// Writes the parts of a refund.
pub(super) async fn write_shares(tx: &Tx, shares: Vec<refund_share::ActiveModel>) -> Result<()> {
    if !shares.is_empty() {
        refund_share::Entity::insert_many(shares)
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}

/// The only part of a refund, which is a payment's provider's.
pub(super) fn share_of(id: RefundId, payment: &payment::Model, amount_minor: i64) -> refund_share::ActiveModel {
    refund_share::ActiveModel {
        payment_id: Set(Some(payment.id)),
        refund_id: Set(Some(id)),
        ..share(id, 0, amount_minor)
    }
}

pub(super) fn share(id: RefundId, position: i32, amount_minor: i64) -> refund_share::ActiveModel {
    refund_share::ActiveModel {
        order_refund_id: Set(id),
        position: Set(position),
        payment_id: Set(None),
        account_id: Set(None),
        refund_id: Set(None),
        amount_minor: Set(amount_minor),
        passed_minor: Set(0),
    }
}
