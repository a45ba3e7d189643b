//! Numbers without gaps and without doubles: each is taken by one statement, in the transaction that writes its document, which
//! holds the series until it ends. Whatever is not committed has taken none.

use chrono::{Datelike, NaiveDate};
use sea_orm::ActiveEnum;
use vitrine_entity::document::DocumentKind;

use super::settings::{DocumentSettings, prefix};
use crate::{Fault, Result, Tx, sql};

/// Digits that every number has at least, so that names of files sort.
const DIGITS: usize = 5;

/// A number that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) series_year: i32,
    pub(super) series_number: i64,
    pub(super) text: String,
}

/// Takes the next number of a series. Others who want one wait for the end of the transaction: to be called last.
pub(super) async fn take(
    tx: &Tx,
    settings: &DocumentSettings,
    kind: DocumentKind,
    issued_on: NaiveDate,
) -> Result<Number> {
    let series_year = if settings.numbered_by_year { issued_on.year() } else { 0 };
    let sql = "insert into document_series (kind, year, last_number) values ($1, $2, 1) \
               on conflict (kind, year) do update set last_number = document_series.last_number + 1 \
               returning last_number";
    let taken: Vec<i64> = sql::column(tx.db(), sql, [kind.to_value().into(), series_year.into()]).await?;
    let none = || Fault::Other("a series of documents gave no number".to_owned(), None);
    let series_number = taken.first().copied().ok_or_else(none)?;
    Ok(Number {
        series_year,
        series_number,
        text: written(prefix(settings, kind), series_year, series_number),
    })
}

/// `R-2026-00017`, or `R-00017` of a series for all years.
fn written(prefix: &str, year: i32, number: i64) -> String {
    match year {
        0 => format!("{prefix}{number:0DIGITS$}"),
        year => format!("{prefix}{year}-{number:0DIGITS$}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_their_texts_do() {
        assert_eq!(written("R-", 2026, 17), "R-2026-00017");
        assert_eq!(written("R-", 0, 100_000), "R-100000");
    }
}
