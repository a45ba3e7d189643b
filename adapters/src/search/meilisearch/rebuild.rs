//! An index built beside the one in use, and swapped with it in one step.
//!
//! Each rebuild has an index of its own. Were it one for all, a second rebuild could begin between
//! the first one's last look and its swap, and what was published would be empty.

use std::{cmp::Reverse, collections::HashSet};

use async_trait::async_trait;
use meilisearch_sdk::{client::SwapIndexes, errors::ErrorCode, indexes::IndexesQuery};
use vitrine_commerce::ports::{
    IdSource,
    ids::SystemIds,
    search::{Rebuild, SearchDocument, SearchError, Synonyms},
};
use vitrine_entity::ids::ProductId;

use super::{
    client::{Client, Fault},
    index,
};

/// How many unpublished indexes are left alone, for they may be being built; older ones were
/// abandoned.
const UNPUBLISHED_MAX: usize = 4;

/// How many indexes of the server are looked at.
const LISTED_MAX: usize = 1000;

pub(super) struct MeilisearchRebuild {
    client: Client,
    current: String,
    next: String,
    added: HashSet<ProductId>,
}

impl MeilisearchRebuild {
    /// Throws away what unfinished rebuilds have left.
    pub(super) async fn begin(client: Client, current: &str, synonyms: &Synonyms) -> Result<Self, Fault> {
        let prefix = format!("{current}_next_");
        delete_abandoned(&client, &prefix).await?;
        let next = format!("{prefix}{}", SystemIds::default().unguessable().simple());
        let task = client
            .call(client.sdk.create_index(&next, Some(index::PRIMARY_KEY)))
            .await?;
        client.finish(task).await?;
        let task = client
            .call(client.index(&next).set_settings(&index::settings()))
            .await?;
        client.finish(task).await?;
        if !synonyms.is_empty() {
            index::set_synonyms(&client, &next, synonyms).await?;
        }
        Ok(Self {
            client,
            current: current.to_owned(),
            next,
            added: HashSet::new(),
        })
    }

    /// If this rebuild was so slow that others took it for abandoned, it finds out here, and nothing
    /// half-filled is published. Nobody makes an index of this name again.
    async fn require_complete(&self) -> Result<(), Fault> {
        index::require_ready(&self.client, &self.next).await?;
        let found = index::count(&self.client, &self.next).await?;
        let expected = self.added.len();
        if found == expected {
            Ok(())
        } else {
            Err(Fault::Incomplete { expected, found })
        }
    }

    async fn swap(&self) -> Result<(), Fault> {
        let current = self.client.index(&self.current);
        match self.client.call(current.get_settings()).await {
            Ok(_) => {}
            // A swap needs both. Tasks are worked off in order, so there is no need to wait.
            Err(fault) if fault.is(&ErrorCode::IndexNotFound) => {
                self.client
                    .call(self.client.sdk.create_index(&self.current, Some(index::PRIMARY_KEY)))
                    .await?;
            }
            Err(fault) => return Err(fault),
        }
        let swap = SwapIndexes {
            indexes: (self.current.clone(), self.next.clone()),
            rename: None,
        };
        let task = self.client.call(self.client.sdk.swap_indexes([&swap])).await?;
        self.client.finish(task).await
    }
}

#[async_trait]
impl Rebuild for MeilisearchRebuild {
    async fn add(&mut self, documents: &[SearchDocument]) -> Result<(), SearchError> {
        if documents.is_empty() {
            return Ok(());
        }
        index::put(&self.client, &self.next, documents).await?;
        self.added.extend(documents.iter().map(|document| document.id));
        Ok(())
    }

    async fn publish(self: Box<Self>) -> Result<(), SearchError> {
        self.require_complete().await?;
        self.swap().await?;
        // The new index is in use by now. A failure leaves the old one lying about, and the next
        // rebuild takes it away.
        if let Err(fault) = delete(&self.client, &self.next).await {
            tracing::warn!(
                index = self.next,
                error = &fault as &dyn std::error::Error,
                "the old index was not deleted"
            );
        }
        Ok(())
    }
}

async fn delete_abandoned(client: &Client, prefix: &str) -> Result<(), Fault> {
    let mut query = IndexesQuery::new(&client.sdk);
    query.with_limit(LISTED_MAX);
    let mut unpublished = client.call(client.sdk.list_all_indexes_with(&query)).await?.results;
    unpublished.retain(|index| index.uid.starts_with(prefix));
    unpublished.sort_by_key(|index| Reverse(index.created_at));
    for index in unpublished.iter().skip(UNPUBLISHED_MAX) {
        delete(client, &index.uid).await?;
    }
    Ok(())
}

/// Deletes an index; one that is missing is no error.
async fn delete(client: &Client, index: &str) -> Result<(), Fault> {
    let task = client.call(client.sdk.delete_index(index)).await?;
    match client.finish(task).await {
        Err(fault) if !fault.is(&ErrorCode::IndexNotFound) => Err(fault),
        _ => Ok(()),
    }
}
