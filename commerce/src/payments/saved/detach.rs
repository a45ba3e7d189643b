//! The job `DetachPaymentMethod`: the provider forgets a card that its owner has removed. It ends where
//! the provider has not been configured for long.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{ids::SavedPaymentMethodId, saved_payment_method};

use super::calls::{is_in_vain, retry, saved_methods};
use crate::{
    Context, Result, Shop, Tx,
    jobs::JobError,
    outbox::Lease,
    payments::providers::call::{self, LOOK_UP_TIMEOUT},
    ports::payment::ProviderError,
    sql,
    staff::audit,
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
    let (row, is_left) = (&row, is_in_vain(shop, &row.provider, since));
    if !is_left {
        detach(shop, row).await.map_err(|error| retry(shop, since, error))?;
    }
    let done = shop.transact_briefly(context, |tx| async move {
        if is_left {
            tell_of_left(&tx, row).await?;
        }
        let sql = "update saved_payment_method set detached_at = $2 where id = $1";
        sql::execute(tx.db(), sql, [id.into(), shop.now().into()]).await?;
        lease.finish(&tx).await
    });
    Ok(done.await?)
}

/// Where the provider is gone, the audit log says which card stays there, for staff to delete.
async fn tell_of_left(tx: &Tx, row: &saved_payment_method::Model) -> Result<()> {
    tracing::error!(
        card = %row.id,
        provider = row.provider,
        "a provider that is no longer configured was not asked to forget a card"
    );
    let data = json!({ "provider": row.provider, "reference": row.reference });
    audit(tx, "saved_payment_method.left", row.id.to_string(), data).await
}

async fn detach(shop: &Shop, row: &saved_payment_method::Model) -> Result<(), ProviderError> {
    let admitted = call::admit(shop, &row.provider).await?;
    let saved = saved_methods(&admitted)?;
    admitted.call(LOOK_UP_TIMEOUT, saved.detach(&row.reference)).await
}
