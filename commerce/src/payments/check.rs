//! The job `CheckPayment`: looks an attempt up once, whatever we believe of it, and applies what
//! the provider says. A webhook's effect, and a last look at what was given up.

use vitrine_entity::{ids::PaymentId, payment_entry::PaymentEntryKind};

use super::{apply, process};
use crate::{Context, Result, Shop, jobs::JobError, outbox::Lease};

/// Looks the attempt up.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, _)) = process::load(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let Some(told) = &process::look_up(shop, &payment).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    shop.transact(context, |tx| async move {
        apply::apply(&tx, id, told, PaymentEntryKind::Answer, "look_up").await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}
