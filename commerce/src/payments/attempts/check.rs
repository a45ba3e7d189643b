//! The job `CheckPayment`: looks an attempt up once, whatever we believe of it, and applies what
//! the provider says. A webhook's effect, and a last look at what was given up.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::PaymentId,
    payment::{self, PaymentStatus},
    refund::{self, Column, Entity, RefundStatus},
};

use super::{apply::apply, load};
use crate::{
    Context, Result, Shop, Tx,
    jobs::{Job, JobError},
    outbox::Lease,
    payments::{ledger::Operation, providers::look_up, transfers::refund as refunds},
    ports::payment::{ChargeState, ProviderCharge},
};

/// Looks the attempt up.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some(load::Loaded { payment, circuit, .. }) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let Some(told) = &look_up::look_up_knowing(shop, &payment, circuit).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if is_as_we_know(&payment, told) && pending_refunds(&shop.db, id).await?.is_empty() {
        return Ok(lease.finish_alone(shop).await?);
    }
    // Less went back than we know of: a refund has come back.
    let sent_back = match told.refunded_minor < payment.refunded_minor {
        true => refunds::run::sent_back(shop, &payment).await?,
        false => Vec::new(),
    };
    let sent_back = &sent_back;
    shop.transact_briefly(context, |tx| async move {
        for (refund, reason) in sent_back {
            refunds::fail_late(&tx, refund, reason).await?;
        }
        apply(&tx, id, told, Operation::LookUp).await?;
        ask_for_refunds(&tx, id).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Whether the provider tells of captured money what our row says already, so that there is nothing to apply: mostly
/// its webhook comes after its answer. Pure.
fn is_as_we_know(payment: &payment::Model, told: &ProviderCharge) -> bool {
    let is_ours = (told.payment, told.live) == (payment.id, payment.live)
        && told.amount == load::money(payment, payment.amount_minor);
    let is_said = told.state == ChargeState::Captured
        && (told.captured_minor, told.refunded_minor) == (payment.captured_minor, payment.refunded_minor)
        && payment.provider_reference.as_deref() == Some(&*told.reference);
    is_ours && is_said && payment.status == PaymentStatus::Captured && payment.trouble.is_none() && !payment.superseded
}

/// The news may be of a refund that is on its way.
async fn ask_for_refunds(tx: &Tx, payment: PaymentId) -> Result<()> {
    for refund in pending_refunds(tx.db(), payment).await? {
        tx.enqueue(refund.order_id, Job::RefundPayment { refund: refund.id });
    }
    Ok(())
}

async fn pending_refunds(db: &impl ConnectionTrait, payment: PaymentId) -> Result<Vec<refund::Model>> {
    Ok(Entity::find()
        .filter(Column::PaymentId.eq(payment))
        .filter(Column::Status.eq(RefundStatus::Requested))
        .filter(Column::ProviderReference.is_not_null())
        .all(db)
        .await?)
}
