//! Translations that a shop is furnished with, before anybody reads them.

use std::collections::HashMap;

use super::{
    find::{Translatable, beside},
    set::{TranslationsSet, changed_rows, write},
    thing::Thing,
};
use crate::{Result, Tx};

/// How many things are read, and how many rows written, by one statement.
const AT_ONCE: usize = 200;

/// Writes texts of many things in one language, and gives how many. No job follows: whoever furnishes a shop has its search
/// index made afterwards.
///
/// # Errors
/// Refuses what [`set`](super::set()) does.
pub async fn init(tx: &Tx, locale: &str, sets: &[TranslationsSet]) -> Result<usize> {
    let mut written = 0;
    for sets in sets.chunks(AT_ONCE) {
        let things = sets.iter().map(|set| set.of.clone()).collect();
        let found = beside(tx.shop(), tx.db(), things, locale).await?;
        let found: HashMap<&Thing, &Translatable> = found.iter().map(|found| (&found.thing, found)).collect();
        let mut rows = Vec::new();
        for set in sets {
            if let Some(thing) = found.get(&set.of) {
                rows.extend(changed_rows(tx, thing, set)?);
            }
        }
        for rows in rows.chunks(AT_ONCE) {
            write(tx, rows).await?;
        }
        written += rows.len();
    }
    Ok(written)
}
