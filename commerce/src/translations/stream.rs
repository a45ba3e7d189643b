//! All texts and translations as a stream.

use std::sync::Arc;

use async_stream::try_stream;
use futures::Stream;

use super::{
    report::{State, progress, report},
    table::{header, rows},
    thing::Kind,
};
use crate::{Context, Result, Shop, paging::PageRequest, staff::permission::require_or_system};

/// How many things are read at a time.
const PAGE: i32 = 100;

/// Every text in every language of the shop but its own, as pieces of one CSV file (UTF-8), each with how many texts it has.
///
/// # Errors
/// Refuses whoever may not translate everything.
pub fn stream(shop: Shop, context: &Context) -> Result<impl Stream<Item = Result<(Vec<u8>, u64)>> + Send + 'static> {
    for kind in Kind::ALL {
        require_or_system(context, kind.permission())?;
    }
    let context = context.clone();
    Ok(try_stream! {
        yield (header()?.into_bytes(), 0);
        let languages: Vec<Arc<str>> = shop.profile().languages.iter().skip(1).cloned().collect();
        for locale in languages {
            for kind in Kind::ALL {
                let mut request = PageRequest::first(PAGE);
                loop {
                    let page = report(&shop, &context, *kind, &locale, State::All, &request).await?;
                    let things = || page.rows.iter().map(|(_, thing)| thing);
                    let texts: usize = things().map(|thing| thing.fields.len()).sum();
                    yield (rows(things())?.into_bytes(), texts as u64);
                    let last = page.rows.last().map(|(cursor, _)| cursor.clone());
                    match last.filter(|_| page.has_next) {
                        Some(cursor) => request.after = Some(cursor),
                        None => break,
                    }
                }
            }
        }
    })
}

/// How many texts there are to write, in all languages together.
///
/// # Errors
/// As [`stream()`].
pub async fn count(shop: &Shop, context: &Context) -> Result<u64> {
    let all = progress(shop, context).await?;
    Ok(all.iter().map(|row| row.texts.unsigned_abs()).sum())
}
