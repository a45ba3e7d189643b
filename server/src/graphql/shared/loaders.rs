//! Questions that many fields ask at once, each answered for all of them by one statement.
//!
//! A key is a newtype named for the question. Loaders are new for every operation and keep
//! nothing: they gather what is asked at the same moment, and the next mutation reads anew.
//! To add one, name a key and the use case that answers it for many ids, in the `questions.rs` of
//! its noun; `in currency` hands it the operation's. `, alone` behind it says that the answers are made of rows that bear the
//! products' or variants' ids which are asked for, and of nothing else that other products share: an answer that is
//! kept is dropped then for a change of these alone ([`shown::of`]).

use std::sync::Arc;

use async_graphql::dataloader::DataLoader;
use vitrine_commerce::{Error, Shop, money::Currency, shown};

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
pub fn loaders(shop: Shop, currency: Currency) -> DataLoader<Batch> {
    // What is read there is read for the answer that asked.
    DataLoader::new(Batch { shop, currency }, |work| tokio::spawn(shown::inherit(work)))
}

/// Makes keys, and [`Batch`] answer them: `Key(Id) -> Answer = the use case;`.
macro_rules! questions {
    (@ask $ids:ident, $ask:expr) => { $ask.await };
    (@ask $ids:ident, $ask:expr, $alone:ident) => {
        vitrine_commerce::shown::of($ids.iter().map(|id| id.0), $ask).await
    };
    ($($(#[$doc:meta])* $key:ident($id:ty $(, in $own:ident)?) -> $answer:ty = $ask:path $(, $alone:ident)?;)*) => {
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
                    let asked = $ask(&self.shop, $(self.$own,)? &ids);
                    let found = $crate::graphql::shared::questions!(@ask ids, asked $(, $alone)?)?;
                    Ok(found.into_iter().map(|(id, answer)| ($key(id), answer)).collect())
                }
            }
        )*
    };
}
pub(crate) use questions;
