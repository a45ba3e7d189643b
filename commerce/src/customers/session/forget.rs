//! Sessions that are long over are deleted.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{ids::SessionId, refresh_token, session};

use crate::{Context, Result, Shop, Tx, sql};

/// How many sessions are deleted in one transaction.
const FORGOTTEN_AT_ONCE: u64 = 500;

/// Deletes sessions that ended a while ago, a day at least, should clocks disagree; a bounded number at a time. Gives
/// how many.
pub async fn forget_ended(shop: &Shop) -> Result<u64> {
    let long_over = session::Column::ExpiresAt.lt(shop.now() - shop.settings.retention.ended_sessions);
    let ended = session::Entity::find()
        .filter(long_over)
        .limit(FORGOTTEN_AT_ONCE)
        .all(&shop.db)
        .await?;
    if ended.is_empty() {
        return Ok(0);
    }
    let ended = &ended.into_iter().map(|session| session.id).collect::<Vec<_>>();
    shop.transact(&Context::system(shop, "forget-sessions"), |tx| async move {
        keep_last_use(&tx, ended).await?;
        let tokens = refresh_token::Column::SessionId.is_in(ended.iter().copied());
        refresh_token::Entity::delete_many()
            .filter(tokens)
            .exec(tx.db())
            .await?;
        let sessions = session::Column::Id.is_in(ended.iter().copied());
        Ok(session::Entity::delete_many()
            .filter(sessions)
            .exec(tx.db())
            .await?
            .rows_affected)
    })
    .await
}

/// That somebody was here outlives the session: unused accounts go by it (`privacy::inactivity`).
async fn keep_last_use(tx: &Tx, sessions: &[SessionId]) -> Result<()> {
    let among = sql::among_parameter::<SessionId>(tx.db(), 1);
    let sql = format!(
        "update customer set last_seen_at = used.seen from (select s.customer_id, max(coalesce(s.last_used_at, s.created_at)) \
         as seen from session s where s.id {among} and s.customer_id is not null group by s.customer_id) as used \
         where customer.id = used.customer_id and coalesce(customer.last_seen_at, customer.created_at) < used.seen"
    );
    let list = sql::list(tx.db(), sessions.iter().copied());
    sql::execute(tx.db(), &sql, [list]).await?;
    Ok(())
}
