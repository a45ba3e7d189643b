//! Forgets requests whose day is over.

use super::REMEMBERED;
use crate::{Result, Shop};

/// Gives how many; call it until there are none.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from keyed_request where id in \
               (select id from keyed_request where created_at < $1 and (held_until is null or held_until < $2) \
                order by created_at limit 500)";
    let now = shop.now();
    shop.execute(sql, [(now - REMEMBERED).into(), now.into()]).await
}
