//! The job `DeleteProviderCustomer`: the provider forgets somebody who was erased here, with every card of theirs. It ends where
//! the provider has not been configured for long.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{ids::ProviderCustomerId, provider_customer};

use super::{
    calls::{is_in_vain, retry, saved_methods},
    customer::make,
};
use crate::{
    Context, Result, Shop, Tx,
    jobs::JobError,
    outbox::Lease,
    payments::providers::call::{self, LOOK_UP_TIMEOUT},
    ports::payment::ProviderError,
    sql,
    staff::audit,
};

/// Has the provider forget them. Asked again, it does nothing twice.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: ProviderCustomerId) -> Result<(), JobError> {
    let row = provider_customer::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| row.customer_id.is_none()) else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let (row, is_left) = (&row, is_in_vain(shop, &row.provider, lease.created_at));
    if !is_left {
        let deleted = delete(shop, row).await;
        deleted.map_err(|error| retry(shop, lease.created_at, error))?;
    }
    let done = shop.transact_briefly(context, |tx| async move {
        if is_left {
            tell_of_left(&tx, row).await?;
        }
        sql::execute(tx.db(), "delete from provider_customer where id = $1", [id.into()]).await?;
        lease.finish(&tx).await
    });
    Ok(done.await?)
}

/// Where the provider is gone, the audit log says who stays there, for staff to delete.
async fn tell_of_left(tx: &Tx, row: &provider_customer::Model) -> Result<()> {
    tracing::error!(
        customer = %row.id,
        provider = row.provider,
        "a provider that is no longer configured was not asked to forget somebody who was erased here"
    );
    let data = json!({ "provider": row.provider, "reference": row.reference });
    audit(tx, "provider_customer.left", row.id.to_string(), data).await
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
