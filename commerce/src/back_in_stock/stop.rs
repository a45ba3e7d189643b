//! Whoever got a mail wants no more of them.

use sea_orm::EntityTrait;
use vitrine_entity::{ids::StockAlertId, stock_alert};

use super::link::is_signed;
use crate::{Context, Refusal, Result, Shop, sql};

/// The wish that a mail's link is about; `None` for a link that the shop did not give, or a wish that is forgotten.
pub async fn find(shop: &Shop, id: StockAlertId, signature: &str) -> Result<Option<stock_alert::Model>> {
    if !is_signed(shop, id, signature) {
        return Ok(None);
    }
    Ok(stock_alert::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Ends everything that waits for the link's mail address. Doing so again is no error. Gives how many ended.
///
/// # Errors
/// `NOT_FOUND` for a link that the shop did not give.
pub async fn stop(shop: &Shop, context: &Context, id: StockAlertId, signature: &str) -> Result<u64> {
    let found = find(shop, id, signature).await?;
    let email = &found.ok_or_else(|| Refusal::not_found("link"))?.email;
    shop.transact(context, |tx| async move {
        let sql = "update stock_alert set state = 'STOPPED', ended_at = $2 where email = $1 and state = 'WAITING'";
        let values = [email.as_str().into(), shop.now().into()];
        Ok(sql::execute(tx.db(), sql, values).await?)
    })
    .await
}
