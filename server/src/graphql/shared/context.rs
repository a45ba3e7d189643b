//! What a resolver reaches for: the shop, the caller, and the request's loaders.

use std::hash::Hash;

use async_graphql::{Context, dataloader::Loader, parser::types::OperationType};
use vitrine_commerce::{
    Shop,
    staff::permission::{self, Permission},
};
use vitrine_edge::Drain;

use super::{
    failure::Result,
    loaders::{Batch, LoadError, Loaders},
};

/// What every request of the schema carries.
pub trait ContextExt {
    fn shop(&self) -> &Shop;
    /// Who asks, as `Authorization` proved it.
    fn caller(&self) -> &vitrine_commerce::Context;
    /// Asks a question together with everybody else who asks it at this moment.
    fn load<K>(&self, key: K) -> impl Future<Output = Result<Option<<Batch as Loader<K>>::Value>>> + Send
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>;
    /// Answers a question that nobody has asked yet, for whoever asks it within this query.
    fn answer<K>(&self, answers: impl IntoIterator<Item = (K, <Batch as Loader<K>>::Value)>)
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>;
    /// # Errors
    /// As [`permission::require`]: for fields that only staff may read.
    fn require(&self, permission: Permission) -> Result<()> {
        permission::require(self.caller(), permission)?;
        Ok(())
    }
    /// Pending until the server stops.
    fn stopping(&self) -> impl Future<Output = ()> + Send;
    fn is_staff(&self) -> bool {
        self.caller().viewer.works_here()
    }
    /// Whether whoever asks pays by catalogs, in the currency that they are shown.
    fn pays_by_catalogs(&self) -> bool {
        let caller = self.caller();
        caller.terms.has_prices(caller.shown)
    }
}

impl ContextExt for Context<'_> {
    fn shop(&self) -> &Shop {
        self.data_unchecked::<Shop>()
    }

    fn caller(&self) -> &vitrine_commerce::Context {
        self.data_unchecked::<vitrine_commerce::Context>()
    }

    async fn load<K>(&self, key: K) -> Result<Option<<Batch as Loader<K>>::Value>>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>,
    {
        let loaders = self.data_unchecked::<Loaders>();
        // Where nothing can change it, it is read once.
        Ok(match is_query(self) {
            true => loaders.read_once(key).await?,
            false => loaders.read(key).await?,
        })
    }

    fn answer<K>(&self, answers: impl IntoIterator<Item = (K, <Batch as Loader<K>>::Value)>)
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>,
    {
        if is_query(self) {
            self.data_unchecked::<Loaders>().know(answers);
        }
    }

    async fn stopping(&self) {
        match self.data_opt::<Drain>() {
            Some(drain) => drain.begun().await,
            None => std::future::pending().await,
        }
    }
}

fn is_query(ctx: &Context<'_>) -> bool {
    ctx.query_env.operation.node.ty == OperationType::Query
}
