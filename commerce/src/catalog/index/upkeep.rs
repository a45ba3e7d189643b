//! The index's own slow reconciler: whatever has happened to it, it is built anew in the end.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    outbox::{self, OutboxState, Queue},
    product::ProductStatus,
};

use super::read::active;
use crate::{
    Context, Fault, Result, Shop,
    catalog::list::{self, ProductFilter},
    tick,
};

/// How often it is built anew although nothing seems to be wrong with it: an engine that was set back to an
/// older state has as many documents as before.
const PERIOD: TimeDelta = TimeDelta::hours(24);

/// How long after the first look the second one is taken: what has just changed may be on its way.
const SECOND_LOOK: Duration = Duration::from_secs(3);

/// Whether the index must be built anew: there is none, it has lost something, or its day has come.
pub async fn needs_rebuild(shop: &Shop) -> Result<bool> {
    let context = &Context::system(shop, "rebuild-search");
    if shop.search.is_elsewhere() {
        return Ok(false);
    }
    if !is_in_step(shop).await? {
        return Ok(true);
    }
    shop.transact(
        context,
        |tx| async move { tick::claim(&tx, "rebuild_search", PERIOD).await },
    )
    .await
}

/// Whether there is an index that holds what it should.
///
/// # Errors
/// When the engine or the database fails.
pub async fn is_in_step(shop: &Shop) -> Result<bool> {
    let context = &Context::system(shop, "rebuild-search");
    Ok(shop.search.is_ready().await.map_err(Fault::from)? && !lacks(shop, context).await?)
}

/// Whether it holds another number of products than it should, twice, with nothing on its way to it.
async fn lacks(shop: &Shop, context: &Context) -> Result<bool> {
    if !differs(shop, context).await? {
        return Ok(false);
    }
    tokio::time::sleep(SECOND_LOOK).await;
    differs(shop, context).await
}

async fn differs(shop: &Shop, context: &Context) -> Result<bool> {
    let open = [OutboxState::Ready, OutboxState::HandedOver, OutboxState::Running];
    let on_their_way = outbox::Entity::find()
        .filter(outbox::Column::Queue.eq(Queue::Search))
        .filter(outbox::Column::State.is_in(open));
    if on_their_way.count(&shop.db).await? > 0 {
        return Ok(false);
    }
    let held = shop.search.count().await.map_err(Fault::from)?;
    let filter = ProductFilter {
        status: Some(ProductStatus::Active),
        ..ProductFilter::default()
    };
    // The kept count costs nothing; only where it says otherwise, everything is counted.
    Ok(list::count(shop, context, &filter).await?.rows != held
        && active(context.currency).count(&shop.db).await? != held)
}
