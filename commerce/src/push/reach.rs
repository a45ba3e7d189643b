//! How many of the browsers that are to be told could be.

use sea_orm::{EntityTrait, QueryOrder, QuerySelect};
use vitrine_entity::push_subscription::{self, Column};

use crate::{Result, Shop, ports::push::PushTarget};

/// How many are looked at, the newest first.
const LOOKED_AT_MAX: u64 = 1_000;

/// The newest browsers, by whether they can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    pub browsers: usize,
    /// Those that know the shop by a key that it has no more, or whose address it would not call.
    pub out_of_reach: usize,
}

/// Looks, and calls nobody. `None` where the shop sends browsers nothing.
///
/// # Errors
/// When the database fails.
pub async fn reach(shop: &Shop) -> Result<Option<Reach>> {
    let Some(push) = &shop.push else { return Ok(None) };
    let rows = push_subscription::Entity::find()
        .order_by_desc(Column::CreatedAt)
        .limit(LOOKED_AT_MAX)
        .all(&shop.db)
        .await?;
    let browsers = rows.len();
    let targets = rows.into_iter().map(|row| PushTarget {
        endpoint: row.endpoint,
        p256dh: row.p256dh,
        auth: row.auth,
        sender_key: row.sender_key,
    });
    Ok(Some(Reach {
        browsers,
        out_of_reach: targets.filter(|target| !push.takes(target)).count(),
    }))
}
