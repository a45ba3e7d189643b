//! An index built beside the one in use, and swapped with it in one step.

use std::collections::HashSet;

use async_trait::async_trait;
use meilisearch_sdk::{client::SwapIndexes, errors::ErrorCode};
use vitrine_commerce::ports::search::{Rebuild, SearchDocument, SearchError};
use vitrine_entity::ids::ProductId;

use super::{
    client::{Client, Fault},
    index,
};

pub(super) struct MeilisearchRebuild {
    client: Client,
    current: String,
    next: String,
    added: HashSet<ProductId>,
}

impl MeilisearchRebuild {
    /// Throws away what an unfinished rebuild may have left.
    pub(super) async fn begin(client: Client, current: &str) -> Result<Self, Fault> {
        let next = format!("{current}_next");
        delete(&client, &next).await?;
        let task = client
            .call(client.sdk.create_index(&next, Some(index::PRIMARY_KEY)))
            .await?;
        client.finish(task).await?;
        let task = client
            .call(client.index(&next).set_settings(&index::settings()))
            .await?;
        client.finish(task).await?;
        Ok(Self {
            client,
            current: current.to_owned(),
            next,
            added: HashSet::new(),
        })
    }

    /// Two rebuilds at once would share `next`, and one's beginning throws away what the other has
    /// added. The loser finds out here and nothing half-filled is published.
    async fn require_complete(&self) -> Result<(), Fault> {
        index::require_ready(&self.client, &self.next).await?;
        let stats = self.client.call(self.client.index(&self.next).get_stats()).await?;
        let (expected, found) = (self.added.len(), stats.number_of_documents);
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

/// Deletes an index; one that is missing is no error.
async fn delete(client: &Client, index: &str) -> Result<(), Fault> {
    let task = client.call(client.sdk.delete_index(index)).await?;
    match client.finish(task).await {
        Err(fault) if !fault.is(&ErrorCode::IndexNotFound) => Err(fault),
        _ => Ok(()),
    }
}
