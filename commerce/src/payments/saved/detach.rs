//! The job `DetachPaymentMethod`: the provider forgets a card that its owner has removed.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::SavedPaymentMethodId, saved_payment_method};

use super::calls::{retry, saved_methods};
use crate::{
    Context, Result, Shop,
    jobs::JobError,
    outbox::Lease,
    payments::providers::call::{self, LOOK_UP_TIMEOUT},
    ports::payment::ProviderError,
    sql,
};

/// Has the provider forget it, unless it has. Asked again, it does nothing twice.
pub(crate) async fn run(
    shop: &Shop,
    context: &Context,
    lease: &Lease,
    id: SavedPaymentMethodId,
) -> Result<(), JobError> {
    let row = saved_payment_method::Entity::find_by_id(id).one(&shop.db).await?;
    let row = row.filter(|row| row.removed_at.is_some() && row.detached_at.is_none());
    let Some(row) = row else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let since = row.removed_at.unwrap_or(row.created_at);
    detach(shop, &row).await.map_err(|error| retry(shop, since, error))?;
    let done = shop.transact_briefly(context, |tx| async move {
        let sql = "update saved_payment_method set detached_at = $2 where id = $1";
        sql::execute(tx.db(), sql, [id.into(), shop.now().into()]).await?;
        lease.finish(&tx).await
    });
    Ok(done.await?)
}

async fn detach(shop: &Shop, row: &saved_payment_method::Model) -> Result<(), ProviderError> {
    let admitted = call::admit(shop, &row.provider).await?;
    let saved = saved_methods(&admitted)?;
    admitted.call(LOOK_UP_TIMEOUT, saved.detach(&row.reference)).await
}
