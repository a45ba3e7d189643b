//! The jobs `CheckPaymentMethod` and `CheckProviderCustomer`: what a provider keeps, as it says itself. Asked again, they do
//! nothing twice.

use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::{ProviderCustomerId, SavedPaymentMethodId},
    provider_customer, saved_payment_method,
};

use super::{
    calls::{find_method, has_customer, retry},
    lost::{lose_customer, lose_method},
};
use crate::{Context, Result, Shop, Tx, jobs::JobError, outbox::Lease, ports::payment::SavedMethod, sql};

/// Writes down what has become of a card, or that it is gone.
pub(crate) async fn method(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    id: SavedPaymentMethodId,
) -> Result<(), JobError> {
    let row = saved_payment_method::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = &row.filter(|row| row.removed_at.is_none()) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let known = provider_customer::Entity::find_by_id(row.provider_customer_id)
        .one(&shop.db)
        .await?;
    // Whoever is gone took their cards with them.
    let Some(customer) = known.and_then(|known| known.reference) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let told = &find_method(shop, &row.provider, &customer, &row.reference)
        .await
        .map_err(|error| retry(shop, lease.created_at, error))?;
    shop.transact(context, |tx| async move {
        match told {
            Some(told) => renew(&tx, id, told).await?,
            None => lose_method(&tx, row).await?,
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Forgets the cards of a customer whom the provider has no more.
pub(crate) async fn customer(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    id: ProviderCustomerId,
) -> Result<(), JobError> {
    let known = provider_customer::Entity::find_by_id(id).one(&shop.db).await?;
    let known = &known.filter(|known| known.customer_id.is_some());
    let Some((known, reference)) = known
        .as_ref()
        .and_then(|known| Some((known, known.reference.as_deref()?)))
    else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let is_there = has_customer(shop, &known.provider, reference)
        .await
        .map_err(|error| retry(shop, lease.created_at, error))?;
    if is_there {
        return Ok(lease.finish_alone(shop).await?);
    }
    shop.transact(context, |tx| async move {
        lose_customer(&tx, known, reference).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// The bank has given out another card in its place, or staff have corrected it. One that its owner has removed stays so.
async fn renew(tx: &Tx, id: SavedPaymentMethodId, told: &SavedMethod) -> Result<()> {
    let sql = "update saved_payment_method set brand = $2, last_four = $3, expiry_month = $4, expiry_year = $5 \
               where id = $1 and removed_at is null";
    let values = [
        id.into(),
        told.brand.clone().into(),
        told.last_four.clone().into(),
        told.expiry_month.into(),
        told.expiry_year.into(),
    ];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}
