//! A refund begins: its row, the job that makes it, and the timeline's entry that tells of it.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use vitrine_entity::{
    ids::RefundId,
    order,
    order_event::OrderEventKind,
    payment,
    refund::{self, RefundStatus},
};

use super::reason::RefundReason;
use crate::{Refusal, Result, Tx, jobs::Job, orders::transition};

pub(super) async fn find(tx: &Tx, id: RefundId) -> Result<refund::Model> {
    let refund = refund::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(refund.ok_or_else(|| Refusal::not_found("refund").at(&["refundId"]))?)
}

pub(super) async fn begin(
    tx: &Tx,
    order: order::Model,
    payment: &payment::Model,
    id: RefundId,
    amount_minor: i64,
    reason: RefundReason<'_>,
) -> Result<order::Model> {
    let row = refund::ActiveModel {
        id: Set(id),
        payment_id: Set(payment.id),
        order_id: Set(order.id),
        amount_minor: Set(amount_minor),
        reason: Set(reason.words().to_owned()),
        reason_code: Set(reason.code()),
        status: Set(RefundStatus::Requested),
        created_at: Set(tx.shop().now()),
        updated_at: Set(tx.shop().now()),
        provider_reference: Set(None),
        failure: Set(None),
    };
    refund::Entity::insert(row).exec_without_returning(tx.db()).await?;
    tx.enqueue(order.id, Job::RefundPayment { refund: id });
    let data = json!({ "amountMinor": amount_minor, "currency": payment.currency, "reason": reason.told() });
    transition::note(tx, &order, OrderEventKind::RefundRequested, true, data).await
}
