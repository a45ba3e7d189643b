//! What to offer while somebody is still typing: one question to the engine, and a bounded number of reads. Typing
//! errors are forgiven as a search forgives them.

mod named;
mod terms;

use std::sync::Arc;

use vitrine_entity::{category, collection, product};

use super::find::find;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    catalog::list,
    language::messages,
    ports::search::SearchRequest,
    translations::{Thing, languages, of_things},
    words::{folded, term},
};

/// The most of each kind.
const FIRST_MAX: usize = 20;

/// What to offer, the best first.
#[derive(Debug, Clone, Default)]
pub struct Suggestions {
    /// Whole searches: what others searched for and found, then what the products' titles and vendors make of it.
    pub terms: Vec<String>,
    pub products: Vec<product::Model>,
    /// Those whose name has the words.
    pub categories: Vec<category::Model>,
    /// Those whose title has the words.
    pub collections: Vec<collection::Model>,
    /// The engine was out of reach and the database answered.
    pub degraded: bool,
}

/// What to offer for what was typed so far, at most `first` of each kind. It is not counted as a search.
///
/// # Errors
/// Refuses a text of more than a thousand characters, and `first` out of bounds. An engine that is down is no error.
pub async fn suggest(shop: &Shop, context: &Context, text: &str, first: i32) -> Result<Suggestions> {
    let limit = usize::try_from(first)
        .ok()
        .filter(|first| (1..=FIRST_MAX).contains(first));
    let limit = limit.ok_or_else(|| {
        let message = messages::suggest_first_range(FIRST_MAX);
        Refusal::new(ErrorCode::Invalid, message).at(&["first"])
    })?;
    let text = list::words(text)?.join(" ");
    let typed = term(&text);
    if typed.is_empty() {
        return Ok(Suggestions::default());
    }
    let request = SearchRequest {
        text,
        limit,
        ..SearchRequest::default()
    };
    let found = find(shop, context, &request).await?;
    let words = folded(&typed);
    let languages = &languages(shop, context);
    let (past, titles, categories, collections) = futures::try_join!(
        terms::searched(shop, &context.locale, &typed, limit),
        titles(shop, languages, &found.products),
        named::categories(shop, languages, &words, &found.products, limit),
        named::collections(shop, languages, &words, &found.products, limit),
    )?;
    Ok(Suggestions {
        terms: terms::together(&typed, past, terms::completed(&words, &titles), limit),
        products: found.products,
        categories,
        collections,
        degraded: found.degraded,
    })
}

/// What products are called in the first of the languages that they are translated into, and their vendors.
async fn titles(shop: &Shop, languages: &[Arc<str>], products: &[product::Model]) -> Result<Vec<(String, String)>> {
    let things: Vec<Thing> = products.iter().map(|product| Thing::Product(product.id)).collect();
    let words = of_things(&shop.db, languages, &things).await?;
    let titled = products.iter().zip(&things).map(|(product, thing)| {
        let title = words
            .get(thing)
            .map_or(product.title.as_str(), |words| words.or("title", &product.title));
        (title.to_owned(), product.vendor.clone().unwrap_or_default())
    });
    Ok(titled.collect())
}

/// How many typos lie between what was typed and a text that has all of the words, of which the last may be unfinished.
fn fit(typed: &[String], text: &str) -> Option<u8> {
    let words = folded(text);
    let of_word = |(index, word): (usize, &String)| {
        let unfinished = index + 1 == typed.len();
        let allowed = crate::words::typos_allowed(word);
        let typos = words
            .iter()
            .filter_map(|other| crate::words::typos(word, other, unfinished));
        typos.filter(|typos| *typos <= allowed).min()
    };
    let typos: Option<Vec<u8>> = typed.iter().enumerate().map(of_word).collect();
    Some(typos?.into_iter().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fits_that_has_all_words() {
        let fit = |typed: &str, text: &str| fit(&folded(typed), text);
        assert_eq!(fit("table la", "Table Lamps"), Some(0));
        assert_eq!(fit("tabel lam", "Table Lamps"), Some(1));
        assert_eq!(fit("lamp kitchen", "Table Lamps"), None);
        assert_eq!(fit("amps", "Table Lamps"), None);
    }
}
