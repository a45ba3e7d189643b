//! Fills a search engine from the database.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    ids::ProductId,
    outbox::{self, OutboxState, Queue},
};

use super::{
    forms,
    push::push_readable,
    read::{PRODUCTS_MAX, active_after, readable},
};
use crate::{
    Context, Fault, Result, Shop,
    catalog::{
        list::{self, ProductFilter},
        synonyms, titles,
    },
    changes::{index_changed, note_to_index},
    jobs::Job,
};

/// How far the clocks of two processes may be apart.
const CLOCK_SKEW: TimeDelta = TimeDelta::minutes(1);

/// Writes every active product, and the synonyms, to the index in use: for an engine that starts empty, in memory. Where
/// that is elsewhere, has it done there; where there is no index of ours yet, one is built, as [`reindex`] does. Gives how many.
pub async fn fill(shop: &Shop) -> Result<u64> {
    if !shop.search.is_ready().await.map_err(Fault::from)? {
        return reindex(shop, |_, _| ()).await;
    }
    let context = &Context::system(shop, "fill");
    synonyms::push(shop).await?;
    let (mut after, mut done) = (None, 0);
    loop {
        let ids = active_after(shop, context.currency, after, PRODUCTS_MAX as u64).await?;
        let Some(last) = ids.last() else { return Ok(done) };
        after = Some(*last);
        match shop.search.is_elsewhere() {
            true => {
                let ids = &ids;
                shop.transact(context, |tx| async move { note_to_index(&tx, ids).await })
                    .await?;
            }
            false => push_readable(shop, context.currency, &ids).await?,
        }
        done += ids.len() as u64;
    }
}

/// Builds a new index beside the one in use and puts it in its place; searches go on meanwhile.
/// `on_progress` is told how many products are done, of how many. Gives how many.
pub async fn reindex(shop: &Shop, mut on_progress: impl FnMut(u64, u64) + Send) -> Result<u64> {
    let started = shop.now();
    let filter = ProductFilter {
        status: Some(vitrine_entity::product::ProductStatus::Active),
        ..ProductFilter::default()
    };
    let context = &Context::system(shop, "reindex");
    let total = list::count(shop, context, &filter).await?.rows;
    let known = synonyms::for_engines(shop).await?;
    let mut rebuild = shop.search.rebuild(&known).await.map_err(Fault::from)?;
    let (mut after, mut done) = (None, 0);
    loop {
        let ids = active_after(shop, context.currency, after, PRODUCTS_MAX as u64).await?;
        let Some(last) = ids.last() else { break };
        after = Some(*last);
        titles::refresh(shop, &ids).await?;
        forms::refresh(shop, &ids).await?;
        let documents = readable(shop, context.currency, &ids).await?.documents;
        let documents: Vec<_> = documents.into_values().collect();
        rebuild.add(&documents).await.map_err(Fault::from)?;
        done += ids.len() as u64;
        on_progress(done, total.max(done));
    }
    rebuild.publish().await.map_err(Fault::from)?;
    index_changed(shop).await;
    let changed = changed_since(shop, started - CLOCK_SKEW).await?;
    push_readable(shop, context.currency, &changed).await?;
    if synonyms::for_engines(shop).await? != known {
        synonyms::push(shop).await?;
    }
    shop.search.settle().await.map_err(Fault::from)?;
    Ok(done)
}

/// The products whose jobs wrote to the old index after the new one had read them: such a job has
/// finished since, or is still running.
async fn changed_since(shop: &Shop, since: DateTime<Utc>) -> Result<Vec<ProductId>> {
    let recent = Condition::any()
        .add(outbox::Column::FinishedAt.gte(since))
        .add(outbox::Column::State.eq(OutboxState::Running));
    let jobs: Vec<serde_json::Value> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::Job)
        .filter(outbox::Column::Queue.eq(Queue::Search))
        .filter(recent)
        .into_tuple()
        .all(&shop.db)
        .await?;
    let mut products: Vec<_> = jobs
        .into_iter()
        .filter_map(|job| match serde_json::from_value(job) {
            Ok(Job::IndexProducts { products }) => Some(products),
            _ => None,
        })
        .flatten()
        .collect();
    products.sort();
    products.dedup();
    Ok(products)
}
