//! Where answers are kept: bounded in bytes, and each made once however many ask for it at the same time.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{body::Bytes, http::HeaderMap};
use quick_cache::{
    Weighter,
    sync::{Cache, DefaultLifecycle, GuardResult, PlaceholderGuard},
};

use super::{
    answer::Answer,
    drops::Drops,
    keeper::{Keeper, Told},
    settings::KeptSettings,
};

/// How long somebody waits for another's answer before making one of their own.
const WAIT_MAX: Duration = Duration::from_secs(2);

/// About how large an answer is: how many places there are follows from it.
const ANSWER_BYTES: u64 = 8 * 1024;

/// What an entry takes besides its own bytes.
const ENTRY_BYTES: usize = 512;

/// A request, to the byte: its body, or the query of its address; and what its headers say of how it is answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    is_get: bool,
    text: Bytes,
    variant: String,
}

impl Key {
    pub(crate) fn post(body: &Bytes, variant: String) -> Self {
        Self {
            is_get: false,
            text: body.clone(),
            variant,
        }
    }

    pub(crate) fn get(query: &str, variant: String) -> Self {
        Self {
            is_get: true,
            text: Bytes::copy_from_slice(query.as_bytes()),
            variant,
        }
    }

    /// Of the page of this name. No query of an address has a blank in it.
    pub(super) fn page(name: &str) -> Self {
        Self::get(&format!("page {name}"), String::new())
    }

    pub(super) fn is_variant(&self, variant: &str) -> bool {
        self.variant == variant
    }
}

/// Weighs answers by what they take.
#[derive(Debug, Clone)]
pub(super) struct ByBytes;

impl Weighter<Key, Arc<Answer>> for ByBytes {
    fn weight(&self, key: &Key, answer: &Arc<Answer>) -> u64 {
        (key.text.len() + key.variant.len() + answer.bytes() + ENTRY_BYTES) as u64
    }
}

type Answers = Cache<Key, Arc<Answer>, ByBytes>;

/// All answers that a server keeps.
pub(crate) struct Store {
    answers: Answers,
    pub(super) keeper: Arc<dyn Keeper>,
    settings: KeptSettings,
    drops: Drops,
}

/// Where an answer is to go that is not there.
pub(super) type Place<'a> = PlaceholderGuard<
    'a,
    Key,
    Arc<Answer>,
    ByBytes,
    quick_cache::DefaultHashBuilder,
    DefaultLifecycle<Key, Arc<Answer>>,
>;

/// What was found at a place.
pub(super) enum Found<'a> {
    Answer(Arc<Answer>),
    /// Whoever has it makes the answer; others wait.
    Nothing(Option<Place<'a>>),
}

impl Store {
    pub(crate) fn new(keeper: Arc<dyn Keeper>, settings: KeptSettings) -> Self {
        let places = (settings.bytes_max / ANSWER_BYTES).max(1) as usize;
        Self {
            answers: Cache::with_weighter(places, settings.bytes_max, ByBytes),
            keeper,
            settings,
            drops: Drops::default(),
        }
    }

    pub(crate) fn settings(&self) -> &KeptSettings {
        &self.settings
    }

    /// Whether a request with these headers is nobody's in particular.
    pub(crate) fn is_nobodys(&self, headers: &HeaderMap) -> bool {
        let mut private = self.settings.private_headers.iter();
        !private.any(|name| headers.contains_key(name))
    }

    /// What these headers say of how a request is answered: in which language, say.
    pub(crate) fn variant(&self, headers: &HeaderMap) -> String {
        self.keeper.variant(headers)
    }

    pub(crate) fn find(&self, key: &Key) -> Option<Arc<Answer>> {
        if !self.keeper.is_current() {
            return None;
        }
        let answer = self.check(key, self.answers.get(key)?)?;
        self.keeper.tell(Told::Hit(answer.sort()));
        Some(answer)
    }

    /// As [`find`](Self::find), and takes the place where nothing is. Waits for whoever has it.
    pub(super) async fn find_or_take(&self, key: &Key) -> Found<'_> {
        if let GuardResult::Guard(place) = self.answers.get_value_or_guard(key, Some(Duration::ZERO)) {
            return Found::Nothing(Some(place));
        }
        let found = tokio::time::timeout(WAIT_MAX, self.answers.get_value_or_guard_async(key)).await;
        match found {
            Ok(Ok(answer)) if self.keeper.is_current() => match self.check(key, answer) {
                Some(answer) => Found::Answer(answer),
                None => Found::Nothing(None),
            },
            // Whoever was waited for has kept nothing: neither will those who wait now, and they wait no longer.
            Ok(Err(_)) => Found::Nothing(None),
            Ok(Ok(_)) | Err(_) => Found::Nothing(None),
        }
    }

    pub(super) fn keep(&self, key: Key, place: Option<Place<'_>>, answer: Arc<Answer>) {
        match place {
            // It fails where somebody has put one there meanwhile, which is as good.
            Some(place) => drop(place.insert(answer)),
            None => self.answers.insert(key, answer),
        }
        self.tell_kept();
    }

    /// When what was kept by this key was dropped last: what is made in its place is to show why.
    pub(super) fn dropped_at(&self, key: &Key) -> Option<Instant> {
        self.drops.last(key)
    }

    /// What was made by this key lacked what has changed, and was not kept.
    pub(super) fn note_drop(&self, key: &Key) {
        self.drops.note(key);
    }

    fn check(&self, key: &Key, answer: Arc<Answer>) -> Option<Arc<Answer>> {
        if answer.holds() {
            return Some(answer);
        }
        self.answers.remove_if(key, |kept| Arc::ptr_eq(kept, &answer));
        // What is made anew because its time has come may be as late as it was.
        if !answer.is_over() {
            self.drops.note(key);
        }
        self.keeper.tell(Told::Dropped(answer.sort()));
        self.tell_kept();
        None
    }

    fn tell_kept(&self) {
        self.keeper.tell(Told::Kept {
            answers: self.answers.len() as u64,
            bytes: self.answers.weight(),
        });
    }
}
