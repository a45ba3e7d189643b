//! Gift cards whose time is over lose what is left on them: an entry of the ledger tells of it.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    credit_account::{self, Column},
    credit_entry::CreditEntryKind,
    ids::CreditAccountId,
};

use super::ledger::{self, Movement};
use crate::{Context, Result, Shop, tick};

/// How often it is looked for them. Whatever is left on them pays nothing from the moment on.
const PERIOD: TimeDelta = TimeDelta::hours(1);

/// How many end in one go.
const AT_ONCE: u64 = 500;

/// Ends cards whose time is over, if it is time to look and no other worker does. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn expire_if_due(shop: &Shop) -> Result<u64> {
    let context = Context::system(shop, "expire-credit");
    let is_due = shop.transact(
        &context,
        |tx| async move { tick::claim(&tx, "expire_credit", PERIOD).await },
    );
    match is_due.await? {
        true => expire(shop, &context).await,
        false => Ok(0),
    }
}

async fn expire(shop: &Shop, context: &Context) -> Result<u64> {
    let over: Vec<CreditAccountId> = credit_account::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::ExpiresAt.lte(shop.now()))
        .filter(Column::BalanceMinor.gt(0))
        .order_by_asc(Column::ExpiresAt)
        .limit(AT_ONCE)
        .into_tuple()
        .all(&shop.db)
        .await?;
    let mut ended = 0;
    for id in over {
        let has_ended = shop.transact(context, |tx| async move {
            let account = tx.lock::<credit_account::Entity>(id).await?;
            // Money may have come back to it meanwhile, and with it more time.
            let is_over = |account: &credit_account::Model| {
                account.balance_minor > 0 && account.expires_at.is_some_and(|expiry| expiry <= tx.shop().now())
            };
            let Some(account) = account.filter(is_over) else {
                return Ok(false);
            };
            let movement = Movement {
                kind: CreditEntryKind::Expired,
                amount_minor: -account.balance_minor,
                order: None,
                refund: None,
                reason: None,
            };
            Ok(ledger::apply(&tx, id, movement).await?.is_some())
        });
        ended += u64::from(has_ended.await?);
    }
    Ok(ended)
}
