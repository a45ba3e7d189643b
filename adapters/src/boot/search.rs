//! The search index of a shop without a search engine of its own: opened, or built, before shoppers come.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context as _;
use async_trait::async_trait;
use sea_orm::DatabaseConnection;
use vitrine_commerce::{
    Context, Error,
    catalog::{
        index,
        list::{self, ProductFilter},
    },
    ports::search::SearchError,
};
use vitrine_entity::product::ProductStatus;

use super::{Booted, database};
use crate::{config::Config, search::tantivy::Lineage};

/// Of so many products an index is built before the door opens; of more, the database answers searches until the
/// worker has built it.
const BUILT_AT_ONCE_MAX: u64 = 2_000;

/// How long a stop waits for the disk.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(10);

impl Booted {
    /// Opens the index that lies beside an SQLite database and catches it up, or has one built. Without such a
    /// database, or while another process has the index, one is filled in memory. A search engine of its own is left
    /// alone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_search(&self, config: &Config) -> anyhow::Result<()> {
        let Some(engine) = &self.own_search else { return Ok(()) };
        let Some(folder) = search_folder(config) else {
            return self.fill_search().await;
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
                return self.fill_search().await;
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
            return Ok(());
        }
        let filter = ProductFilter {
            status: Some(ProductStatus::Active),
            ..ProductFilter::default()
        };
        let context = Context::system(&self.shop, "open-search");
        let products = list::count(&self.shop, &context, &filter).await?.rows;
        if products <= BUILT_AT_ONCE_MAX {
            let indexed = index::reindex(&self.shop, |_, _| ())
                .await
                .context("building the search index")?;
            tracing::info!(indexed, "the search index is built");
        } else {
            tracing::info!(
                products,
                "the database answers searches until the search index is built"
            );
        }
        Ok(())
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

    async fn fill_search(&self) -> anyhow::Result<()> {
        let indexed = index::fill(&self.shop).await.context("filling the search index")?;
        tracing::info!(indexed, "the search index is filled");
        Ok(())
    }
}

struct Database(DatabaseConnection);

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
