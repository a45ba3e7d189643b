//! What shoppers see: pages of HTML over documents of GraphQL, with forms that post and redirect, and small scripts that
//! better what works without them.
//!
//! This crate knows no other of ours. Whoever mounts its [`routes`] gives it an [`Api`] that answers documents as `POST
//! /graphql` does, as the visitor: what a page shows, any front end can ask for.
//!
//! A page is a folder under `storefront/`: `page.graphql` (what it asks, typed by `build.rs` against `schema.graphql`, with
//! the fragments of `fragments/` that it names), `page.html` (its template) and `mod.rs` (its handlers). Add its routes in
//! `storefront/mod.rs`, and its words to each file in `words/`. Looks are `design/`. A theme is a folder whose files stand
//! for ours of the same name: see `docs/themes.md`.

mod admin;
mod answer;
mod api;
#[expect(
    dead_code,
    clippy::enum_variant_names,
    clippy::large_enum_variant,
    clippy::needless_borrow,
    reason = "generated: with every scalar for every document, whether it has it or not"
)]
mod documents;
mod files;
mod filters;
mod offered;
mod paper;
mod paragraphs;
mod plain;
mod postal;
mod problem;
mod provider;
mod public;
mod refusals;
mod renewal;
mod routes;
mod shown;
mod site;
mod storefront;
mod theme;
mod visit;
mod words;

pub use api::{Answered, Api, Making, Upload, Visitor};
pub use paper::paper;
pub use routes::{Routes, routes};
pub use site::{Settings, Site};
pub use storefront::{Mails, Stop, missing, stop};
pub use theme::{ThemeError, tokens};

/// All documents that the pages ask, by a name each, for an API that runs none but those that it knows.
pub fn documents() -> impl Iterator<Item = (String, String)> {
    let texts = documents::TEXTS.iter().enumerate();
    texts.map(|(index, text)| (format!("storefront-{index}"), (*text).to_owned()))
}
