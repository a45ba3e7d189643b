//! The job `CheckPayment`: looks an attempt up once, whatever we believe of it, and applies what
//! the provider says. A webhook's effect, and a last look at what was given up.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::PaymentId,
    refund::{Column, Entity, RefundStatus},
};

use super::{apply::apply, load};
use crate::{
    Context, Result, Shop, Tx,
    jobs::{Job, JobError},
    outbox::Lease,
    payments::{ledger::Operation, providers::look_up, transfers::refund},
};

/// Looks the attempt up.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, _)) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let Some(told) = &look_up::look_up(shop, &payment).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    // Less went back than we know of: a refund has come back.
    let sent_back = match told.refunded_minor < payment.refunded_minor {
        true => refund::run::sent_back(shop, &payment).await?,
        false => Vec::new(),
    };
    let sent_back = &sent_back;
    shop.transact(context, |tx| async move {
        for (refund, reason) in sent_back {
            refund::fail_late(&tx, refund, reason).await?;
        }
        apply(&tx, id, told, Operation::LookUp).await?;
        ask_for_refunds(&tx, id).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// The news may be of a refund that is on its way.
async fn ask_for_refunds(tx: &Tx, payment: PaymentId) -> Result<()> {
    let pending = Entity::find()
        .filter(Column::PaymentId.eq(payment))
        .filter(Column::Status.eq(RefundStatus::Requested))
        .filter(Column::ProviderReference.is_not_null())
        .all(tx.db())
        .await?;
    for refund in pending {
        tx.enqueue(refund.order_id, Job::RefundPayment { refund: refund.id });
    }
    Ok(())
}
