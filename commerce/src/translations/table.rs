//! Texts and their translations as a table that translators open in a spreadsheet: a row a text. A file of operations may be
//! that table again, filled in (`bulk`).

use super::find::{Translatable, TranslatableField};
use crate::{Result, table};

/// The columns. Those that a table must have to be read again: `ID`, `Locale`, `Field` and `Translation`; with `Digest`, what
/// has changed since the table was written is refused.
pub const COLUMNS: [&str; 7] = ["ID", "Name", "Locale", "Field", "Original", "Digest", "Translation"];

/// The names of the columns, as a line of CSV (UTF-8).
pub fn header() -> Result<String> {
    lines([COLUMNS.map(str::to_owned)])
}

/// Things as lines of CSV: a line for each of their texts, whose last cell is empty where it is not translated.
pub fn rows<'a>(things: impl IntoIterator<Item = &'a Translatable>) -> Result<String> {
    let rows = things.into_iter().flat_map(|thing| {
        let row = move |field: &TranslatableField| {
            let translation = field.translation.as_ref();
            [
                thing.thing.to_string(),
                thing.title().to_owned(),
                thing.locale.clone(),
                field.source.field.clone(),
                field.source.text.clone(),
                field.digest(),
                translation.map(|row| row.text.clone()).unwrap_or_default(),
            ]
        };
        thing.fields.iter().map(row)
    });
    lines(rows)
}

fn lines(rows: impl IntoIterator<Item = [String; 7]>) -> Result<String> {
    Ok(String::from_utf8_lossy(&table::csv(rows)?).into_owned())
}
