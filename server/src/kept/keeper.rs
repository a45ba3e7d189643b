//! What answers of the shop are made of.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Instant,
};

use axum::http::HeaderMap;
use futures::{FutureExt, future::BoxFuture};
use vitrine_commerce::{
    Locality, Shop, reader, search,
    shown::{self, Reads, Shown},
};
use vitrine_edge::{Basis, Keeper, Sort, Told, Watch};

use crate::{graphql::shared::learn, locality};

/// Knows what answers of a shop are made of.
pub struct ShopKeeper(pub Shop);

impl Keeper for ShopKeeper {
    fn is_current(&self) -> bool {
        let showing = self.0.showing();
        showing.use_now();
        showing.is_current()
    }

    fn begin(&self, seeing: Option<Instant>) -> BoxFuture<'_, Option<Box<dyn Watch>>> {
        let shop = self.0.clone();
        async move {
            if !self.is_current()
                && let Err(error) = learn(&shop).await
            {
                // Whoever follows the changes says so, once.
                tracing::debug!(error = &error as &dyn std::error::Error, "an answer is not kept");
                return None;
            }
            let watching = Watching {
                profile_version: shop.profile().version,
                seen: shop.showing().last(),
                reads: Reads::default(),
                seeing,
                was_late: AtomicBool::new(false),
                shop,
            };
            Some(Box::new(watching) as Box<dyn Watch>)
        }
        .boxed()
    }

    fn variant(&self, headers: &HeaderMap) -> String {
        let Locality {
            country,
            language,
            currency,
            message_language,
            ..
        } = locality::of_headers(&self.0, headers);
        let messages = message_language.as_deref().unwrap_or_default();
        format!("{country} {language} {currency} {messages}")
    }

    fn tell(&self, told: Told) {
        let counts = &self.0.showing().counts;
        let looks = |sort| match sort {
            Sort::Answer => &counts.answers,
            Sort::Page => &counts.pages,
        };
        match told {
            Told::Hit(sort) => looks(sort).hit(),
            Told::Miss(sort) => looks(sort).miss(),
            Told::Dropped(sort) => looks(sort).drop(),
            Told::Kept { answers, bytes } => counts.keep(answers, bytes),
        }
    }
}

struct Watching {
    shop: Shop,
    /// What the shop was, which every answer depends on, and the last change that was known, before anything was read.
    profile_version: i64,
    seen: u64,
    reads: Reads,
    /// What was committed then it is to show.
    seeing: Option<Instant>,
    was_late: AtomicBool,
}

impl Watch for Watching {
    fn watch<'a>(&self, work: BoxFuture<'a, ()>) -> BoxFuture<'a, ()> {
        let (reads, seeing) = (self.reads.clone(), self.seeing);
        async move {
            match seeing {
                Some(moment) => reader::seeing(moment, reads.watch(work)).await,
                None => reads.watch(work).await,
            }
        }
        .boxed()
    }

    fn end(&self) -> Option<Box<dyn Basis>> {
        let mut shown = self.reads.take();
        let as_of = shown.take_as_of();
        // What was read of a replica may lack what was known here before it was read.
        let seen = as_of.map_or(self.seen, |moment| self.seen.min(self.shop.showing().last_at(moment)));
        let made_of = MadeOf {
            shop: self.shop.clone(),
            profile_version: self.profile_version,
            seen: AtomicU64::new(seen),
            shown,
        };
        let is_private = made_of.shown.is_private();
        if is_private || !made_of.holds() {
            let was_late = as_of.is_some() && !is_private && !made_of.is_over();
            self.was_late.store(was_late, Ordering::Relaxed);
            return None;
        }
        // A page that is being made of it is made of this.
        shown::note(&made_of.shown);
        Some(Box::new(made_of))
    }

    fn was_late(&self) -> bool {
        self.was_late.load(Ordering::Relaxed)
    }
}

struct MadeOf {
    shop: Shop,
    profile_version: i64,
    /// The last change of which it is known that it changed nothing here.
    seen: AtomicU64,
    shown: Shown,
}

impl Basis for MadeOf {
    fn holds(&self) -> bool {
        self.shop.profile().version == self.profile_version
            && self.shop.showing().holds(&self.shown, &self.seen)
            && !self.is_over()
    }

    fn is_over(&self) -> bool {
        self.shown.is_over(|| self.shop.clock.now())
    }

    fn give(&self) {
        for (text, language, found) in self.shown.searches() {
            search::count_again(&self.shop, text, language, found);
        }
        shown::note(&self.shown);
    }

    fn bytes(&self) -> usize {
        self.shown.bytes()
    }
}
