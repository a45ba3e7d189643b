//! Writes down what was counted.

use std::{
    collections::{BTreeSet, HashSet},
    time::Duration,
};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Value};
use vitrine_entity::search_term_day;

use super::settings::is_recording;
use crate::{Context, Result, Shop, Tx, shop::WeakShop, sql, tally::Counts};

/// How often: what a process loses that is killed.
const PERIOD: Duration = Duration::from_secs(30);

/// How many terms one transaction writes.
const BATCH: usize = 150;

/// How many terms a day has; further ones are let go, the rarest first.
const DAY_TERMS_MAX: u64 = 20_000;

/// How long the languages of a term become.
const LANGUAGES_LENGTH_MAX: usize = 100;

type Entry = ((NaiveDate, String), Counts);

/// Writes for as long as the shop is open.
pub async fn follow(shop: WeakShop) {
    loop {
        tokio::time::sleep(PERIOD).await;
        let Some(shop) = shop.upgrade() else { return };
        if let Err(error) = flush(&shop).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "what was searched for is not written down yet"
            );
        }
    }
}

/// Writes down what this process has counted, where the shop records searches.
///
/// # Errors
/// When the database fails: what is not written stays counted.
pub async fn flush(shop: &Shop) -> Result<()> {
    let counted = shop.tally().take();
    if counted.is_empty() {
        return Ok(());
    }
    let mut entries: Vec<Entry> = counted.into_iter().collect();
    // The most frequent first: they are written where there is no room for all.
    entries.sort_by(|(a, of_a), (b, of_b)| (of_b.searches, a).cmp(&(of_a.searches, b)));
    let mut open = &entries[..];
    let context = &Context::system(shop, "record-searches");
    while !open.is_empty() {
        let (batch, rest) = open.split_at(open.len().min(BATCH));
        let written = shop.transact(context, |tx| async move { write(&tx, batch).await });
        if let Err(error) = written.await {
            shop.tally().add(open.iter().cloned());
            return Err(error);
        }
        open = rest;
    }
    Ok(())
}

async fn write(tx: &Tx, batch: &[Entry]) -> Result<()> {
    if !is_recording(tx.db()).await? {
        return Ok(());
    }
    // In one order, so that two processes never wait for each other.
    let mut batch: Vec<&Entry> = batch.iter().collect();
    batch.sort_by(|(a, _), (b, _)| a.cmp(b));
    let days: BTreeSet<NaiveDate> = batch.iter().map(|((day, _), _)| *day).collect();
    for day in days {
        let of_day: Vec<&Entry> = batch.iter().copied().filter(|((of, _), _)| *of == day).collect();
        let of_day = with_room(tx.db(), day, of_day).await?;
        if !of_day.is_empty() {
            upsert(tx, &of_day).await?;
        }
    }
    Ok(())
}

/// Those that are known, and as many others as the day has room for.
async fn with_room<'a>(db: &impl ConnectionTrait, day: NaiveDate, of_day: Vec<&'a Entry>) -> Result<Vec<&'a Entry>> {
    let rows = search_term_day::Entity::find().filter(search_term_day::Column::Day.eq(day));
    let there = rows.clone().count(db).await?;
    if there + of_day.len() as u64 <= DAY_TERMS_MAX {
        return Ok(of_day);
    }
    let terms = of_day.iter().map(|((_, term), _)| term.as_str());
    let known: Vec<String> = rows
        .filter(search_term_day::Column::Term.is_in(terms))
        .select_only()
        .column(search_term_day::Column::Term)
        .into_tuple()
        .all(db)
        .await?;
    let known: HashSet<String> = known.into_iter().collect();
    let mut room = DAY_TERMS_MAX.saturating_sub(there);
    let fits = |((_, term), _): &&Entry| {
        known.contains(term) || {
            let fits = room > 0;
            room = room.saturating_sub(1);
            fits
        }
    };
    Ok(of_day.into_iter().filter(fits).collect())
}

async fn upsert(tx: &Tx, entries: &[&Entry]) -> Result<()> {
    let place = |row: usize| {
        let first = row * 6;
        format!(
            "(${}, ${}, ${}, ${}, ${}, ${})",
            first + 1,
            first + 2,
            first + 3,
            first + 4,
            first + 5,
            first + 6
        )
    };
    let places: Vec<String> = (0..entries.len()).map(place).collect();
    let sql = format!(
        "insert into search_term_day (day, term, searches, found_nothing, found_little, languages) values {} \
         on conflict (day, term) do update set searches = search_term_day.searches + excluded.searches, \
           found_nothing = search_term_day.found_nothing + excluded.found_nothing, \
           found_little = search_term_day.found_little + excluded.found_little, \
           languages = case when search_term_day.languages like '%' || excluded.languages || '%' \
             or length(search_term_day.languages) > {LANGUAGES_LENGTH_MAX} then search_term_day.languages \
             else search_term_day.languages || excluded.languages end",
        places.join(", ")
    );
    let values = entries.iter().flat_map(|((day, term), counts)| {
        let counted = [counts.searches, counts.found_nothing, counts.found_little].map(Value::from);
        let languages: String = counts
            .languages
            .iter()
            .map(|language| format!(" {language} "))
            .collect();
        [Value::from(*day), Value::from(term.as_str())]
            .into_iter()
            .chain(counted)
            .chain([Value::from(languages)])
    });
    sql::execute(tx.db(), &sql, values).await?;
    Ok(())
}
