//! The search engines: [`TantivySearch`], within a server's process, and [`MeilisearchSearch`].
//!
//! What both promise, and `contracts/search` in the tests crate holds both to:
//!
//! - **A text is words and nothing else.** A word is a run of letters and digits; case and accents
//!   do not matter. The first ten words count. A text without any word finds nothing.
//! - **Joined and separated spellings find each other**: `tshirt` and `T-Shirt`, `500ml` and `500 ml`; so do letters and
//!   what is written for them (`oel` for `Öl`). Of what is written without spaces, any part is found, in all engines where
//!   [`within_words`](vitrine_commerce::ports::search::SearchRequest::within_words) is asked for; the ends of long words, too.
//! - **A product is found if it has the first word**, and stands the higher the more of the words
//!   it has, counted from the first without a gap: all of them, then all but the last, and so on.
//! - **A word of 4 letters or more may have one typo, of 8 or more two.** Letters swapped are one
//!   typo, a wrong first letter is two; a code (an SKU, a barcode) must be typed right. The last word may be unfinished.
//! - Fewer typos stand above more; then title above codes, category, vendor, tags, values of options and attributes,
//!   description and other spellings.
//! - **A synonym stands for a word, or for up to three together.** It is found as it is written, its own words one
//!   after the other, and counts as no typo; a word that was typed stands above one in the same field.
//! - Filters compare whole values without regard to case. An empty list restricts nothing.
//! - Totals and facet counts are exact.
//!
//! While a rebuild runs, upserts and removals go to the index in use, and the rebuilt one, made
//! from what was read earlier, knows nothing of them. Whoever rebuilds must afterwards upsert what
//! changed meanwhile.

mod elsewhere;
mod facets;
mod found_by;
pub mod meilisearch;
pub mod tantivy;
mod words;

pub use elsewhere::ElsewhereSearch;
pub use meilisearch::{MeilisearchConfig, MeilisearchSearch};
pub use tantivy::TantivySearch;
