//! Questions that many fields ask at once, each answered for all of them by one statement.
//!
//! A key is a newtype named for the question. Loaders are new for every operation and gather what is asked at
//! the same moment. Within one query, what was read once is not read again; mutations and subscriptions, whose
//! fields come after changes, keep nothing.
//!
//! To add one, name a key and the use case that answers it for many ids, in the `questions.rs` of its noun; `in currency`
//! hands it the operation's. `, alone` behind it says that the answers are made of rows that bear the products' or
//! variants' ids which are asked for, and of nothing else that other products share: an answer that is kept is dropped
//! then for a change of these alone ([`shown::of`]), and the rows are kept, too ([`KeptRows`]).

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, PoisonError},
};

use async_graphql::dataloader::{DataLoader, Loader};
use tokio::sync::OnceCell;
use tracing::Instrument;
use vitrine_commerce::{Context, Error, Shop, money::Currency, reader, shown};

use super::kept_rows::KeptRows;

/// Answers the questions of one operation.
#[derive(Debug)]
pub struct Batch {
    pub(in crate::graphql) shop: Shop,
    /// The operation's.
    pub(in crate::graphql) currency: Currency,
    /// Who asks, where it matters what they pay.
    pub(in crate::graphql) caller: Context,
    /// What is kept of rows, for whoever sees what everybody sees.
    pub(in crate::graphql) rows: Option<Arc<KeptRows>>,
}

/// Why a whole batch has no answer; everybody who asked gets the same.
#[derive(Debug, Clone)]
pub struct LoadError(pub Arc<Error>);

impl From<Error> for LoadError {
    fn from(error: Error) -> Self {
        Self(Arc::new(error))
    }
}

type Answer<K> = <Batch as Loader<K>>::Value;

/// What is known of one kind of question, or is being read. async-graphql's own cache knows an answer once it has come:
/// whoever asked meanwhile had it read again. That there is no answer is known, too: else each who waits would try.
type Known<K> = HashMap<K, Arc<OnceCell<Result<Option<Answer<K>>, LoadError>>>>;

/// The loaders of one operation.
pub struct Loaders {
    batches: DataLoader<Batch>,
    /// A [`Known`] for each kind of question.
    known: Mutex<HashMap<TypeId, Box<dyn Any + Send>>>,
}

/// Makes an operation's loaders. Those who work here are given no `rows`: they read what they are about to change.
pub fn loaders(shop: Shop, caller: Context, rows: Option<Arc<KeptRows>>) -> Loaders {
    let batch = Batch {
        shop,
        currency: caller.shown,
        caller,
        rows,
    };
    Loaders {
        // What is read in another task is read for the answer that asked, where that reads, and stands in its trace and log.
        batches: DataLoader::new(batch, |work| {
            tokio::spawn(reader::inherit(shown::inherit(work)).in_current_span())
        }),
        known: Mutex::default(),
    }
}

impl Loaders {
    /// Asks together with everybody else who asks at this moment, whatever was read before.
    pub(super) async fn read<K>(&self, key: K) -> Result<Option<Answer<K>>, LoadError>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>,
    {
        self.batches.load_one(key).await
    }

    /// As [`read`](Self::read), once: whoever asks again is given the same, and whoever asks meanwhile waits for it.
    pub(super) async fn read_once<K>(&self, key: K) -> Result<Option<Answer<K>>, LoadError>
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>,
    {
        let cell = self.known(|known: &mut Known<K>| known.entry(key.clone()).or_default().clone());
        cell.get_or_init(|| self.read(key)).await.clone()
    }

    /// Whoever asks later is given these.
    pub(super) fn know<K>(&self, answers: impl IntoIterator<Item = (K, Answer<K>)>)
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>,
    {
        self.known(|known: &mut Known<K>| {
            for (key, answer) in answers {
                known
                    .entry(key)
                    .or_insert_with(|| Arc::new(OnceCell::new_with(Some(Ok(Some(answer))))));
            }
        });
    }

    fn known<K, T>(&self, with: impl FnOnce(&mut Known<K>) -> T) -> T
    where
        K: Hash + Eq + Clone + Send + Sync + 'static,
        Batch: Loader<K, Error = LoadError>,
    {
        let mut all = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let of_kind = all.entry(TypeId::of::<K>());
        let of_kind = of_kind.or_insert_with(|| Box::new(Known::<K>::new()));
        match of_kind.downcast_mut() {
            Some(known) => with(known),
            // It is never another's: nothing is known then.
            None => with(&mut Known::<K>::new()),
        }
    }
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
