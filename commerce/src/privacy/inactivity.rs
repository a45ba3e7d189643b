//! Accounts that nobody uses any more, and those that staff have shut, are erased when the shop's time for them is over
//! (`Settings::retention`). Whoever leaves theirs unused is told before, and keeps it by coming back.

use chrono::TimeDelta;
use vitrine_entity::{customer, customer_notice::CustomerNoticeKind, ids::CustomerId};

use super::{erasure, person::Person};
use crate::{Context, Result, Shop, customers::notice, sql};

/// How long before their account goes they are told.
pub(crate) const TOLD_BEFORE: TimeDelta = TimeDelta::days(30);

/// How many are told, and how many erasures begin, in one run: the rest waits for the next.
const TOLD_AT_ONCE: i64 = 500;
const ERASED_AT_ONCE: u64 = 100;

/// Neither is it being erased, nor does an order need the person still.
const MAY_GO: &str = "not exists (select 1 from person_erasure e where e.customer_id = c.id and e.state = 'RUNNING') \
    and not exists (select 1 from orders o where (o.customer_id = c.id or (o.customer_id is null and o.email = c.email)) \
    and o.status not in ('COMPLETED', 'CANCELLED'))";

/// Tells those of whom it is time to, and begins to erase those whose time is over. Gives of how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let kept = shop.settings.retention;
    let context = &Context::system(shop, "forget-accounts");
    if let Some(kept) = kept.inactive_accounts {
        tell(shop, context, kept).await?;
    }
    for begun in 0..ERASED_AT_ONCE {
        // One by one: whoever comes back while others are erased stays.
        let Some(row) = due(shop).await? else {
            return Ok(begun);
        };
        let person = Person {
            customer: Some(row.id),
            email: row.email,
        };
        erasure::begin(shop, context, &person, None).await?;
    }
    Ok(ERASED_AT_ONCE)
}

async fn due(shop: &Shop) -> Result<Option<customer::Model>> {
    let kept = shop.settings.retention;
    let unused = match kept.inactive_accounts {
        Some(kept) => unused(shop, kept).await?,
        None => None,
    };
    match (unused, kept.shut_accounts) {
        (None, Some(kept)) => shut(shop, kept).await,
        (found, _) => Ok(found),
    }
}

/// Tells those whom their account leaves in a month: those who were not told since they were last here.
async fn tell(shop: &Shop, context: &Context, kept: TimeDelta) -> Result<()> {
    let condition = format!(
        "{} and c.disabled_at is null and (c.inactivity_told_at is null or c.inactivity_told_at < $1) and {MAY_GO}",
        unused_since("$1")
    );
    let sql = format!("select c.id from customer c where {condition} order by c.id limit $2");
    let since = shop.now() - (kept - TOLD_BEFORE);
    let due: Vec<CustomerId> = sql::column(&shop.db, &sql, [since.into(), TOLD_AT_ONCE.into()]).await?;
    for customer in due {
        let sql = &format!("update customer as c set inactivity_told_at = $2 where c.id = $3 and {condition}");
        shop.transact(context, |tx| async move {
            let values = [since.into(), shop.now().into(), customer.into()];
            match sql::execute(tx.db(), sql, values).await? {
                // They came back, or another worker has told them.
                0 => Ok(()),
                _ => notice::write(&tx, customer, CustomerNoticeKind::Unused).await,
            }
        })
        .await?;
    }
    Ok(())
}

/// One who was told long enough ago, and has not come since.
async fn unused(shop: &Shop, kept: TimeDelta) -> Result<Option<customer::Model>> {
    let sql = format!(
        "select c.* from customer c where {} and {} and c.disabled_at is null and c.inactivity_told_at <= $2 and {MAY_GO} \
         limit 1",
        unused_since("$1"),
        unused_since("c.inactivity_told_at")
    );
    let now = shop.now();
    let values = [(now - kept).into(), (now - TOLD_BEFORE).into()];
    Ok(sql::one(&shop.db, &sql, values).await?)
}

/// One whom staff let in no more since long ago.
async fn shut(shop: &Shop, kept: TimeDelta) -> Result<Option<customer::Model>> {
    let sql = format!("select c.* from customer c where c.disabled_at < $1 and {MAY_GO} limit 1");
    Ok(sql::one(&shop.db, &sql, [(shop.now() - kept).into()]).await?)
}

/// Nobody has signed in, gone on with a session, or ordered since.
fn unused_since(instant: &str) -> String {
    format!(
        "coalesce(c.last_seen_at, c.created_at) < {instant} \
         and not exists (select 1 from session s where s.customer_id = c.id \
         and coalesce(s.last_used_at, s.created_at) >= {instant}) \
         and not exists (select 1 from orders o where o.customer_id = c.id and o.placed_at >= {instant})"
    )
}
