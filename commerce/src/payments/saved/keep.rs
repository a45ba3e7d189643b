//! Writes down the card that a provider has saved with a charge that has gone through.

use std::future::ready;

use futures::future::BoxFuture;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{
    customer,
    ids::{ProviderCustomerId, SavedPaymentMethodId},
    payment::{self, PaymentStatus},
    provider_customer,
    saved_payment_method::{self, Column},
};

use super::{list::saved_by, remove::take_away};
use crate::{Result, Tx, ports::payment::SavedMethod};

/// Keeps what was saved with a locked attempt that stood so `before`: once, with the money, so that what is told of it later
/// brings no card back that was removed.
pub(in crate::payments) fn keep<'a>(
    tx: &'a Tx,
    before: PaymentStatus,
    payment: &'a payment::Model,
    saved: Option<&'a SavedMethod>,
) -> BoxFuture<'a, Result<()>> {
    let saved = saved.filter(|_| payment.saves_method && !has_paid(before) && has_paid(payment.status));
    match (saved, payment.provider_customer_id) {
        // On the heap: most payments need no stack for it.
        (Some(saved), Some(id)) => Box::pin(write(tx, payment, id, saved)),
        _ => Box::pin(ready(Ok(()))),
    }
}

async fn write(tx: &Tx, payment: &payment::Model, id: ProviderCustomerId, saved: &SavedMethod) -> Result<()> {
    // Whom an erasure has taken leaves their cards to the provider's customer, which goes as a whole.
    let known = provider_customer::Entity::find_by_id(id).one(tx.db()).await?;
    let Some(owner) = known.and_then(|known| known.customer_id) else {
        return Ok(());
    };
    tx.lock::<customer::Entity>(owner).await?;
    let told_before = saved_payment_method::Entity::find()
        .filter(Column::Provider.eq(&payment.provider))
        .filter(Column::Reference.eq(&saved.reference))
        .one(tx.db())
        .await?;
    if told_before.is_some() {
        return Ok(());
    }
    let others = saved_by(tx.db(), owner).await?;
    let mut is_default = others.is_empty();
    for other in others.iter().filter(|other| is_same(other, payment, saved)) {
        is_default |= other.is_default;
        take_away(tx, other).await?;
    }
    let row = saved_payment_method::Model {
        id: SavedPaymentMethodId(tx.shop().new_id()),
        customer_id: owner,
        provider_customer_id: id,
        provider: payment.provider.clone(),
        reference: saved.reference.clone(),
        brand: saved.brand.clone(),
        last_four: saved.last_four.clone(),
        expiry_month: saved.expiry_month,
        expiry_year: saved.expiry_year,
        is_default,
        created_at: tx.shop().now(),
        removed_at: None,
        detached_at: None,
    };
    row.into_active_model().insert(tx.db()).await?;
    Ok(())
}

/// Whether it is the same card, typed again: two of them would be one too many to choose from.
fn is_same(row: &saved_payment_method::Model, payment: &payment::Model, saved: &SavedMethod) -> bool {
    row.provider == payment.provider
        && row.brand == saved.brand
        && row.last_four == saved.last_four
        && (row.expiry_month, row.expiry_year) == (saved.expiry_month, saved.expiry_year)
}

fn has_paid(status: PaymentStatus) -> bool {
    match status {
        PaymentStatus::Authorized | PaymentStatus::Captured | PaymentStatus::Refunded => true,
        PaymentStatus::Created
        | PaymentStatus::Unknown
        | PaymentStatus::ActionRequired
        | PaymentStatus::Pending
        | PaymentStatus::Declined
        | PaymentStatus::Voided => false,
    }
}
