//! Questions that many fields ask at once, each answered for all of them by one statement.
//!
/// The loaders of one operation.
pub type Loaders = DataLoader<Batch, HashMapCache>;

/// Makes an operation's loaders. Those who work here are given no `rows`: they read what they are about to change.
pub fn loaders(shop: Shop, currency: Currency, rows: Option<Arc<KeptRows>>) -> Loaders {
    let batch = Batch { shop, currency, rows };
    // What is read in another task is read for the answer that asked.
    DataLoader::with_cache(
        batch,
        |work| tokio::spawn(shown::inherit(work)),
        HashMapCache::default(),
    )
}

/// Makes keys, and [`Batch`] answer them: `Key(Id) -> Answer = the use case;`.
macro_rules! questions {
    (@ask $batch:ident, $key:ident, $ids:ident, $ask:expr) => { $ask($ids).await };
    (@ask $batch:ident, $key:ident, $ids:ident, $ask:expr, $alone:ident) => {
        $crate::graphql::shared::kept_rows::$alone::<$key, _, _, _>(
            $batch.rows.as_deref(),
            (&$batch.shop, $batch.currency),
            $ids,
            |id| id.0,
            $ask,
        )
        .await
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
                    let batch = self;
                    let ask = |ids: Vec<_>| async move { $ask(&batch.shop, $(batch.$own,)? &ids).await };
                    let found = $crate::graphql::shared::questions!(@ask batch, $key, ids, ask $(, $alone)?)?;
                    Ok(found.into_iter().map(|(id, answer)| ($key(id), answer)).collect())
                }
            }
        )*
    };
}
pub(crate) use questions;
