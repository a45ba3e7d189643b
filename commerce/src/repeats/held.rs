//! A request that is held by whoever works on it.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use sea_orm::Value;
use vitrine_entity::keyed_request;

use super::seal;
use crate::{Error, Shop};

/// The longest answer that is kept, in bytes.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// When the answer is tried to be kept again, where the database does not take it.
const PAUSES: [Duration; 3] = [Duration::ZERO, Duration::from_millis(100), Duration::from_millis(500)];

/// A request under a key. Dropped without an [`end`](Self::end), it is free for whoever repeats it.
#[derive(Clone)]
pub struct Held(Arc<Inner>);

struct Inner {
    shop: Shop,
    id: String,
    key: String,
    fence: i64,
    /// The parts of it that were done before.
    done: BTreeSet<String>,
    /// What was answered before.
    answer: Option<Vec<u8>>,
    /// Whether there is nothing to give back.
    is_over: AtomicBool,
    marks: AtomicU32,
}

impl Held {
    pub(super) fn first(shop: &Shop, id: String, key: &str) -> Self {
        Self::new(shop, (id, 1), key, (BTreeSet::new(), None), false)
    }

    /// After another hold has ended, or was lost.
    pub(super) fn again(shop: &Shop, row: keyed_request::Model, key: &str, answer: Option<Vec<u8>>) -> Self {
        let before = (parts(&row.done), answer);
        Self::new(shop, (row.id, row.fence + 1), key, before, false)
    }

    /// Nothing is left to be done.
    pub(super) fn answered(shop: &Shop, row: keyed_request::Model, key: &str, answer: Option<Vec<u8>>) -> Self {
        let before = (parts(&row.done), answer);
        Self::new(shop, (row.id, row.fence), key, before, true)
    }

    fn new(
        shop: &Shop,
        (id, fence): (String, i64),
        key: &str,
        (done, answer): (BTreeSet<String>, Option<Vec<u8>>),
        is_over: bool,
    ) -> Self {
        Self(Arc::new(Inner {
            shop: shop.clone(),
            id,
            key: key.to_owned(),
            fence,
            done,
            answer,
            is_over: AtomicBool::new(is_over),
            marks: AtomicU32::new(0),
        }))
    }

    /// What was kept of the answer, where there is anything.
    pub fn answer(&self) -> Option<&[u8]> {
        self.0.answer.as_deref()
    }

    /// Whether something was done for this part that the answer does not tell of.
    pub fn was_done(&self, part: &str) -> bool {
        self.0.done.contains(part)
    }

    /// Keeps the answer, or as much as is final, and gives back what is left to be done to whoever repeats it.
    pub async fn end(self, answer: &[u8], is_whole: bool) {
        if self.0.is_over.swap(true, Ordering::AcqRel) {
            return;
        }
        let shop = &self.0.shop;
        let fits = answer.len() <= ANSWER_BYTES_MAX;
        let sealed = fits
            .then(|| seal::seal(shop, &self.0.id, &self.0.key, answer))
            .flatten();
        let answered_at = (is_whole && sealed.is_some()).then(|| shop.now());
        let sql = "update keyed_request set held_until = null, answer = coalesce($3, answer), answered_at = $4 \
                   where id = $1 and fence = $2";
        for pause in PAUSES {
            tokio::time::sleep(pause).await;
            let values: [Value; 4] = [
                self.0.id.as_str().into(),
                self.0.fence.into(),
                sealed.clone().into(),
                answered_at.into(),
            ];
            match shop.execute(sql, values).await {
                Ok(_) => return,
                Err(error) => left("an answer could not be kept", &error),
            }
        }
    }

    /// Ends what was refused: where nothing was done for it its key is free, for another request as well. Only for what is at its
    /// end: a hold that began anew knows nothing of whoever is still at it.
    pub async fn free(self) {
        let sql = "delete from keyed_request where id = $1 and fence = $2 and done = '' and answer is null";
        let values: [Value; 2] = [self.0.id.as_str().into(), self.0.fence.into()];
        match self.0.shop.execute(sql, values).await {
            Ok(1) => self.0.is_over.store(true, Ordering::Release),
            // Dropped, it is free for the same request.
            Ok(_) => {}
            Err(error) => left("the key of a request that was refused could not be freed", &error),
        }
    }

    pub(super) fn id(&self) -> &str {
        &self.0.id
    }

    pub(super) fn fence(&self) -> i64 {
        self.0.fence
    }

    /// Of the next transaction that does something for it.
    pub(super) fn next_mark(&self) -> u32 {
        self.0.marks.fetch_add(1, Ordering::Relaxed)
    }
}

impl Inner {
    fn take(&mut self) -> Option<(Shop, String, i64)> {
        let is_over = self.is_over.swap(true, Ordering::AcqRel);
        (!is_over).then(|| (self.shop.clone(), self.id.clone(), self.fence))
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let Some((shop, id, fence)) = self.take() else { return };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            let sql = "update keyed_request set held_until = null where id = $1 and fence = $2";
            if let Err(error) = shop.execute(sql, [id.into(), fence.into()]).await {
                left("a request could not be given back before its time", &error);
            }
        });
    }
}

/// The names of the parts that were done.
fn parts(done: &str) -> BTreeSet<String> {
    let entries = done.split_whitespace();
    let names = entries.filter_map(|entry| entry.rsplit_once(':'));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// What was done is known as done all the same.
fn left(what: &'static str, error: &Error) {
    tracing::warn!(error = error as &dyn std::error::Error, "{what}");
}
