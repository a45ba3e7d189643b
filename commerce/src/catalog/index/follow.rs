//! A server's own index, where several processes share a database and no search engine: whoever does the jobs notes what
//! is to be indexed, and each server brings it into its index within a second.

use std::time::{Duration, Instant};

use futures::{StreamExt, stream::BoxStream};

use super::{push::push_readable, rebuild::reindex};
use crate::{
    Context, Result, Shop,
    catalog::synonyms,
    changes::{position, to_index},
    ports::event_bus::Topic,
    shop::WeakShop,
};

/// How often the database is asked, besides being told by the bus.
const POLL: Duration = Duration::from_millis(500);

/// Whoever could not ask for longer may have missed what was forgotten since, and builds the index anew.
const AWAY_MAX: Duration = Duration::from_secs(600);

/// How often an index is built anew although nothing seems to be wrong with it.
const PERIOD: Duration = Duration::from_secs(24 * 3600);

/// Up to where an index knows what is to be indexed.
#[derive(Debug, Clone)]
pub struct Followed {
    mark: String,
    read_at: Instant,
    built_at: Instant,
}

impl Followed {
    /// However long the index took to build, nothing of what came meanwhile is forgotten yet.
    fn now(self) -> Self {
        Self {
            read_at: Instant::now(),
            ..self
        }
    }
}

/// Where the database stands: an index that is filled after this follows from here.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_to_follow(shop: &Shop) -> Result<Followed> {
    let now = Instant::now();
    Ok(Followed {
        mark: position(&shop.db).await?,
        read_at: now,
        built_at: now,
    })
}

/// Keeps the index of this process in step for as long as the shop is open.
pub async fn follow(shop: WeakShop, at: Followed) {
    let mut at = at.now();
    let Some(mut topics) = shop.upgrade().map(|shop| shop.bus.subscribe()) else {
        return;
    };
    let mut is_failing = false;
    loop {
        // Whether it was told or the time is over, it reads.
        let _ = tokio::time::timeout(POLL, told(&mut topics)).await;
        let Some(shop) = shop.upgrade() else { return };
        let outcome = step(&shop, &mut at).await;
        if let Err(error) = &outcome
            && !is_failing
        {
            tracing::warn!(
                error = error as &dyn std::error::Error,
                "the search index of this server falls behind"
            );
        }
        is_failing = outcome.is_err();
    }
}

async fn told(topics: &mut BoxStream<'static, Topic>) {
    while let Some(topic) = topics.next().await {
        if topic == Topic::Indexed {
            return;
        }
    }
    // A bus that is gone says nothing.
    std::future::pending().await
}

async fn step(shop: &Shop, at: &mut Followed) -> Result<()> {
    if at.read_at.elapsed() > AWAY_MAX || at.built_at.elapsed() > PERIOD {
        let anew = begin_to_follow(shop).await?;
        reindex(shop, |_, _| ()).await?;
        *at = anew.now();
        return Ok(());
    }
    let news = to_index(&shop.db, &at.mark).await?;
    if news.synonyms {
        synonyms::push(shop).await?;
    }
    match news.products {
        Some(products) if products.is_empty() => {}
        Some(products) => push_readable(shop, Context::system(shop, "follow").currency, &products).await?,
        None => {
            reindex(shop, |_, _| ()).await?;
        }
    }
    // What failed is read again.
    *at = Followed {
        mark: news.mark,
        read_at: Instant::now(),
        built_at: at.built_at,
    };
    Ok(())
}
