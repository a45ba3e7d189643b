//! Questions that many fields ask at once, each answered for all of them by one statement.
//!
//! A key is a newtype named for the question. Loaders are new for every operation and gather what is asked at
//! the same moment. Within one query, what was read once is not read again; mutations and subscriptions, whose
//! fields come after changes, keep nothing.
//! To add one, name a key and the use case that answers it for many ids, in the `questions.rs` of
//! its noun; `in currency` hands it the operation's.

use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, HashMapCache};
use vitrine_commerce::{Error, Shop, money::Currency};

/// Answers the questions of one operation.
#[derive(Debug)]
pub struct Batch {
    pub(in crate::graphql) shop: Shop,
    /// The operation's.
    pub(in crate::graphql) currency: Currency,
}

/// Why a whole batch has no answer; everybody who asked gets the same.
#[derive(Debug, Clone)]
pub struct LoadError(pub Arc<Error>);

impl From<Error> for LoadError {
    fn from(error: Error) -> Self {
        Self(Arc::new(error))
    }
}

/// The loaders of one operation.
pub type Loaders = DataLoader<Batch, HashMapCache>;

/// Makes an operation's loaders.
pub fn loaders(shop: Shop, currency: Currency) -> Loaders {
    DataLoader::with_cache(Batch { shop, currency }, tokio::spawn, HashMapCache::default())
}

/// Makes keys, and [`Batch`] answer them: `Key(Id) -> Answer = the use case;`.
macro_rules! questions {
    ($($(#[$doc:meta])* $key:ident($id:ty $(, in $own:ident)?) -> $answer:ty = $ask:path;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub struct $key(pub $id);

            impl async_graphql::dataloader::Loader<$key> for $crate::graphql::shared::Batch {
                type Value = $answer;
                type Error = $crate::graphql::shared::LoadError;

                async fn load(
                    &self,
                    keys: &[$key],
                ) -> Result<std::collections::HashMap<$key, $answer>, $crate::graphql::shared::LoadError> {
                    let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
                    let found = $ask(&self.shop, $(self.$own,)? &ids).await?;
                    Ok(found.into_iter().map(|(id, answer)| ($key(id), answer)).collect())
                }
            }
        )*
    };
}
pub(crate) use questions;
