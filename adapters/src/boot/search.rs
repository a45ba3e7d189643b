//! The search index of a shop without a search engine of its own: opened, or built, before shoppers come.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context as _;
use async_trait::async_trait;
use vitrine_commerce::{
    Context, Error, Shop,
    catalog::{
        index::{self, Followed},
        list::{self, ProductFilter},
    },
    ports::search::SearchError,
    reader::Reader,
    shop::WeakShop,
    supervise::restart_on_panic,
};
use vitrine_entity::product::ProductStatus;

use super::{Booted, database};
use crate::{
    config::Config,
    search::{TantivySearch, tantivy::Lineage},
};

/// Of so many products an index is built before the door opens; of more, the database answers searches until it
/// is built.
const BUILT_AT_ONCE_MAX: u64 = 2_000;

/// How long after a failure it is built again.
const BUILD_PAUSE: Duration = Duration::from_secs(5);

/// How long a stop waits for the disk.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

impl Booted {
    /// Opens the index that lies beside an embedded shop's database and catches it up, or has one built. Where there is none,
    /// while another process has it, or where the worker is another process, one is built in memory. From then on it is kept
    /// in step, by this process's worker or by following the database. A search engine of its own is
    /// left alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_search(&self, config: &Config) -> anyhow::Result<()> {
        let Some(engine) = &self.own_search else { return Ok(()) };
        let begun = match config.is_embedded() {
            true => None,
            false => Some(
                index::begin_to_follow(&self.shop)
                    .await
                    .context("reading the changes")?,
            ),
        };
        // What is to follow does not know what it lacks of the time before.
        let is_kept = begun.is_none() && self.open_kept(config, engine).await?;
        let is_whole = is_kept || self.build_if_small(engine).await?;
        if let Some(begun) = begun {
            let (shop, mut first) = (self.shop.downgrade(), Some((begun, is_whole)));
            let begin = move || follow(shop.clone(), first.take());
            tokio::spawn(restart_on_panic("keeping the search index in step", begin));
        }
        Ok(())
    }

    /// Builds the index that lies beside an SQLite database, where there is none yet and no server has it open: the next
    /// one to open the shop need not. Gives how many products there are in it, if it was built.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn build_kept_search(
        &self,
        config: &Config,
        on_progress: impl FnMut(u64, u64) + Send,
    ) -> anyhow::Result<Option<u64>> {
        let Some(engine) = &self.own_search else {
            return Ok(None);
        };
        let is_whole = self.open_kept(config, engine).await?;
        let built = match engine.is_kept() && !is_whole {
            true => Some(index::reindex(&self.shop, on_progress).await),
            false => None,
        };
        self.close_search().await;
        built.transpose().context("building the search index")
    }

    /// An index in memory that holds what this process's own does, for a shop on a copy of this one's database; `None` where
    /// this process has none in memory.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn copied_search(&self) -> anyhow::Result<Option<TantivySearch>> {
        match &self.own_search {
            Some(engine) => engine.copied().await.context("copying the search index"),
            None => Ok(None),
        }
    }

    /// Gives whether there is one, and it is as the database says.
    async fn open_kept(&self, config: &Config, engine: &TantivySearch) -> anyhow::Result<bool> {
        let Some(folder) = search_folder(config) else {
            return Ok(false);
        };
        let before = index::mark(&self.shop)
            .await
            .context("reading the search index's mark")?;
        let mark = self.shop.new_id().to_string();
        let lineage = Arc::new(Database(self.shop.db.clone()));
        let is_there = match engine.keep_in(&folder, before, mark.clone(), lineage).await {
            Ok(is_there) => is_there,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    folder = %folder.display(),
                    "the search index cannot be kept there, and is built in memory"
                );
                return Ok(false);
            }
        };
        index::set_mark(&self.shop, &mark)
            .await
            .context("marking the search index")?;
        if is_there {
            let held = engine.stamps().await.context("reading the search index")?;
            let products = held.len();
            let caught_up = index::catch_up(&self.shop, held)
                .await
                .context("catching the search index up")?;
            tracing::info!(products, caught_up, "the search index is open");
        }
        Ok(is_there)
    }

    /// Gives whether it is built; else nothing is found until it is.
    async fn build_if_small(&self, engine: &TantivySearch) -> anyhow::Result<bool> {
        let filter = ProductFilter {
            status: Some(ProductStatus::Active),
            ..ProductFilter::default()
        };
        let context = Context::system(&self.shop, "open-search");
        let products = list::count(&self.shop, &context, &filter).await?.rows;
        if products > BUILT_AT_ONCE_MAX {
            engine.wait_to_be_built();
            tracing::info!(
                products,
                "the database answers searches until the search index is built"
            );
            return Ok(false);
        }
        build(&self.shop).await.context("building the search index")?;
        Ok(true)
    }

    /// Has the disk confirm the index: nobody writes to it any more.
    pub async fn close_search(&self) {
        let Some(engine) = &self.own_search else { return };
        match tokio::time::timeout(CLOSE_TIMEOUT, engine.close()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the search index is not closed, and is built anew after a power cut"
            ),
            Err(_) => tracing::warn!("the disk takes too long to confirm the search index"),
        }
    }
}

async fn build(shop: &Shop) -> vitrine_commerce::Result<()> {
    let indexed = index::reindex(shop, |_, _| ()).await?;
    tracing::info!(indexed, "the search index is built");
    Ok(())
}

/// Keeps the index of a server whose worker is another process in step, and builds it first where it is not. `at` says
/// where it stands, and whether it is whole; nothing of it is known where this is begun again.
async fn follow(shop: WeakShop, at: Option<(Followed, bool)>) {
    let mut at = at;
    while !matches!(at, Some((_, true))) {
        let Some(shop) = shop.upgrade() else { return };
        match build_from(&shop, at.take()).await {
            Ok(begun) => at = Some((begun, true)),
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the search index cannot be built yet"
                );
                tokio::time::sleep(BUILD_PAUSE).await;
            }
        }
    }
    if let Some((begun, _)) = at {
        index::follow(shop, begun).await;
    }
}

/// Builds it. Gives from where it is to be followed.
async fn build_from(shop: &Shop, at: Option<(Followed, bool)>) -> vitrine_commerce::Result<Followed> {
    let begun = match at {
        Some((begun, _)) => begun,
        None => index::begin_to_follow(shop).await?,
    };
    build(shop).await?;
    Ok(begun)
}

struct Database(Reader);

#[async_trait]
impl Lineage for Database {
    async fn newest(&self) -> Result<Option<String>, SearchError> {
        index::newest(&self.0).await.map_err(unavailable)
    }

    async fn knows(&self, thing: &str) -> Result<bool, SearchError> {
        index::knows(&self.0, thing).await.map_err(unavailable)
    }
}

fn unavailable(error: Error) -> SearchError {
    SearchError::Unavailable(Box::new(error))
}

/// Beside the database's file.
fn search_folder(config: &Config) -> Option<PathBuf> {
    let mut file = database::file(config)?.into_os_string();
    file.push("-search");
    Some(file.into())
}
