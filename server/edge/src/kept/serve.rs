//! Makes an answer that may be kept, unless it is.

use std::sync::Arc;

use async_graphql::Executor;
use axum::response::Response;

use super::{
    answer::{Answer, Asked, IsKept},
    keeper::{Sort, Told},
    store::{Found, Key, Store},
};
use crate::{endpoint::GraphqlEndpoint, execution::Call};

impl<E: Executor> GraphqlEndpoint<E> {
    /// The answer to a request that was not found, of somebody who sees what everybody sees: kept, where its document
    /// lets it.
    pub(crate) async fn answer_and_keep(&self, store: &Store, key: Key, mut call: Call, asked: Asked<'_>) -> Response {
        let Some(_permit) = self.acquire_request() else {
            return crate::execution::overload().answer(asked.media);
        };
        if !self.documents().is_some_and(|documents| call.is_public(documents)) {
            return self.run(call).await.answer(asked.media);
        }
        // What is kept is believed from here on, and so is what somebody else is about to keep.
        if store.keeper.begin(None).await.is_none() {
            return self.run(call).await.answer(asked.media);
        }
        // What the headers mean may have changed since the key was made of them.
        if !key.is_variant(&store.variant(asked.headers)) {
            return self.run(call).await.answer(asked.media);
        }
        let place = match store.find_or_take(&key).await {
            Found::Answer(answer) => {
                store.keeper.tell(Told::Hit(Sort::Answer));
                return answer.give(&asked, store.settings()).await;
            }
            Found::Nothing(place) => place,
        };
        store.keeper.tell(Told::Miss(Sort::Answer));
        let Some(watch) = store.keeper.begin(store.dropped_at(&key)).await else {
            return self.run(call).await.answer(asked.media);
        };
        let outcome = self.run_watched(call, Some(&*watch)).await;
        let is_sound = outcome.ran && outcome.response.errors.is_empty();
        let basis = if is_sound { watch.end() } else { None };
        let Some(answer) = basis.and_then(|basis| Answer::new(&outcome, basis)) else {
            if watch.was_late() {
                store.note_drop(&key);
            }
            return outcome.answer(asked.media);
        };
        let answer = Arc::new(answer);
        store.keep(key, place, Arc::clone(&answer));
        match asked.is_shared {
            true => answer.answer(&asked, store.settings()).await,
            // It tells whoever paid for it what they have left.
            false => {
                let mut response = outcome.answer(asked.media);
                response.extensions_mut().insert(IsKept);
                response
            }
        }
    }
}
