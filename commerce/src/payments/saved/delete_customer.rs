//! The job `DeleteProviderCustomer`: the provider forgets somebody who was erased here, with every card of theirs.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::ProviderCustomerId, provider_customer};

use super::{
    calls::{retry, saved_methods},
    customer::make,
};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    payments::providers::call::{self, LOOK_UP_TIMEOUT},
    ports::payment::ProviderError,
    sql,
};

/// Has the provider forget them. Asked again, it does nothing twice.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ProviderCustomerId) -> Result<(), JobError> {
    let row = provider_customer::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| row.customer_id.is_none()) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    delete(shop, &row)
        .await
        .map_err(|error| retry(shop, lease.created_at, error))?;
    let done = shop.transact_briefly(context, |tx| async move {
        sql::execute(tx.db(), "delete from provider_customer where id = $1", [id.into()]).await?;
        lease.finish(&tx).await
    });
    Ok(done.await?)
}

async fn delete(shop: &Shop, row: &provider_customer::Model) -> Result<(), ProviderError> {
    let reference = match &row.reference {
        Some(reference) => reference.clone(),
        // It may have been made by a call whose answer was lost, and is told by its key.
        None => make(shop, row).await?,
    };
    let admitted = call::admit(shop, &row.provider).await?;
    let saved = saved_methods(&admitted)?;
    admitted.call(LOOK_UP_TIMEOUT, saved.delete_customer(&reference)).await
}
