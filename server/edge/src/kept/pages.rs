//! Pages that are the same for everybody, kept beside the answers that they are made of, and exactly as long as those hold.

use std::sync::Arc;

use axum::{
    body::{Body, HttpBody, to_bytes},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};

use super::{
    answer::Answer,
    keeper::{Basis, Sort, Told, watched},
    store::{Found, Key, Store},
};
use crate::{
    answer::Rejection,
    error::{FAULT_MESSAGE, code},
};

/// A larger page is not kept.
const PAGE_BYTES_MAX: u64 = 1024 * 1024;

/// The pages that a server keeps, within the bounds of its answers.
#[derive(Clone)]
pub struct KeptPages(Arc<Store>);

impl KeptPages {
    pub(crate) fn new(store: Arc<Store>) -> Self {
        Self(store)
    }

    /// The page of this name for whoever sent these headers: as it is kept, or else as `make` gives it. `name` has to
    /// tell apart whatever differs between two pages; what a page is made of is watched while it is made.
    pub async fn get_or_make(
        &self,
        name: &str,
        sent: &HeaderMap,
        make: impl Future<Output = Response> + Send,
    ) -> Response {
        let (store, key) = (&*self.0, Key::page(name));
        if let Some(page) = store.find(&key) {
            return page.give_page(sent).await;
        }
        if store.keeper.begin(None).await.is_none() {
            return make.await;
        }
        let place = match store.find_or_take(&key).await {
            Found::Answer(page) => {
                store.keeper.tell(Told::Hit(Sort::Page));
                return page.give_page(sent).await;
            }
            Found::Nothing(place) => place,
        };
        let Some(watch) = store.keeper.begin(store.dropped_at(&key)).await else {
            return make.await;
        };
        let Some(made) = watched(&*watch, make).await else {
            return failed();
        };
        if !may_be_kept(&made) {
            return made;
        }
        let Some(basis) = watch.end() else {
            if watch.was_late() {
                store.note_drop(&key);
            }
            return made;
        };
        store.keeper.tell(Told::Miss(Sort::Page));
        match read(made, basis).await {
            Ok(page) => {
                let page = Arc::new(page);
                store.keep(key, place, Arc::clone(&page));
                page.show(sent).await
            }
            Err(made) => *made,
        }
    }
}

/// Not where there is nothing, where it gives its visitor something of their own, or where it does not end.
fn may_be_kept(made: &Response) -> bool {
    let bytes = made.body().size_hint().upper();
    made.status() == StatusCode::OK
        && !made.headers().contains_key(header::SET_COOKIE)
        && bytes.is_some_and(|bytes| bytes <= PAGE_BYTES_MAX)
}

/// Or as it was made, where it cannot be kept.
async fn read(made: Response, basis: Box<dyn Basis>) -> Result<Answer, Box<Response>> {
    let (parts, body) = made.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Err(Box::new(failed()));
    };
    let page = Answer::page(parts.headers.clone(), body.clone(), basis);
    page.ok_or_else(|| Box::new(Response::from_parts(parts, Body::from(body))))
}

fn failed() -> Response {
    Rejection::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL_ERROR, FAULT_MESSAGE).answer()
}
