//! A row and its cells as values; what cannot be read becomes a problem.

use super::{
    cell,
    header::{Column, Header},
    problem::Problems,
};
use crate::{catalog::save::is_web_address, table};

/// A row of the file.
#[derive(Debug)]
pub(super) struct Row {
    /// As a spreadsheet counts.
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

impl Row {
    /// The cell, trimmed; empty where the file lacks the column.
    pub(super) fn get(&self, header: &Header, column: Column) -> &str {
        let place = header.place(column);
        let cell = place.and_then(|place| self.cells.get(place));
        let trimmed = cell.map_or("", |cell| cell.trim());
        match column {
            // Whoever reads them takes off any apostrophe that they begin with.
            Column::Sku | Column::Barcode => trimmed,
            _ => table::undefused(trimmed),
        }
    }

    /// The product's name, as its slug will be: handles that differ in case only name one product, and those in
    /// what joins letters, which no address shows.
    pub(super) fn handle(&self, header: &Header) -> String {
        let handle = self.get(header, Column::Handle).to_lowercase();
        handle.replace(['\u{200C}', '\u{200D}'], "")
    }

    /// The cell, where there is something in it.
    pub(super) fn optional(&self, header: &Header, column: Column) -> Option<String> {
        Some(self.get(header, column))
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }
}

/// The cell's web address; anything else is left out with a warning.
pub(super) fn web_address(header: &Header, row: &Row, column: Column, problems: &mut Problems) -> Option<String> {
    // People and old shops write some characters as they are.
    let source = row.optional(header, column)?.replace(' ', "%20").replace('\'', "%27");
    // As pages name a picture that is fetched as they are.
    let source = match source.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => source,
    };
    let plain = !source.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    if plain && is_web_address(&source) && source.len() <= 2_048 {
        return Some(source);
    }
    let message = format!(
        "`{}` is no web address: the picture is left out. Write one that begins with `https://`.",
        cell::excerpt(&source)
    );
    problems.warning(row.number, header.name(column), message);
    None
}

pub(super) fn yes(header: &Header, row: &Row, column: Column, problems: &mut Problems) -> Option<bool> {
    value(header, row, column, cell::yes_or_no(row.get(header, column)), problems)?
}

pub(super) fn value<T>(
    header: &Header,
    row: &Row,
    column: Column,
    read: Result<T, String>,
    problems: &mut Problems,
) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(message) => {
            problems.error(row.number, header.name(column), message);
            None
        }
    }
}
