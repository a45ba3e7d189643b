//! A row and its cells as values; what cannot be read becomes a problem.

use super::{
    cell,
    header::{Column, Header, LINES},
    problem::Problems,
};
use crate::{
    catalog::{
        save::is_web_address,
        slug::{is_slug, slugify},
    },
    language::{Message, messages},
    table,
    text::normal,
};

/// What a spreadsheet takes for dates where sizes and codes are meant.
const CHOSEN: [Column; 4] = [
    Column::Option1Value,
    Column::Option2Value,
    Column::Option3Value,
    Column::Sku,
];

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

    /// Makes one line of what is kept as one, letters of HTML's references in it, and tells of what a spreadsheet broke.
    pub(super) fn straighten(&mut self, header: &Header, problems: &mut Problems) {
        for column in LINES.into_iter().chain([Column::Tags]) {
            let Some(cell) = header.place(column).and_then(|place| self.cells.get_mut(place)) else {
                continue;
            };
            if cell.contains('\n') && column != Column::Tags {
                *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
                problems.warning(self.number, header.name(column), messages::import_line_breaks());
            }
            if cell.contains('&') {
                let decoded = normal(&html_escape::decode_html_entities(cell.as_str()).replace('\u{A0}', " "));
                if decoded != *cell {
                    let message = messages::import_text_no_html(cell::excerpt(&decoded));
                    problems.warning(self.number, header.name(column), message);
                    *cell = decoded;
                }
            }
            if CHOSEN.contains(&column) && cell::is_date(cell) {
                let message = messages::import_perhaps_date(cell::excerpt(cell));
                problems.warning(self.number, header.name(column), message);
            }
        }
        for (place, cell) in self.cells.iter().enumerate() {
            if cell::is_failed_formula(cell) && header.is_used(place) {
                let message = messages::import_formula_failed(cell);
                problems.error(self.number, header.column_name(place), message);
            }
        }
    }

    /// The product's name, as its slug will be: handles that differ in case only name one product, and those in
    /// what joins letters, which no address shows. What cannot stand in an address becomes what can, and where there is
    /// none, the title makes one.
    pub(super) fn handle(&self, header: &Header) -> String {
        let written = self.get(header, Column::Handle);
        if written.is_empty() {
            return slugify(self.get(header, Column::Title));
        }
        let handle = written.to_lowercase().replace(['\u{200C}', '\u{200D}'], "");
        match is_slug(&handle) {
            true => handle,
            false => Some(slugify(&handle)).filter(|slug| !slug.is_empty()).unwrap_or(handle),
        }
    }

    /// Tells of a product's name that is not the one that stands there.
    pub(super) fn tell_handle(&self, header: &Header, handle: &str, problems: &mut Problems) {
        let written = self.get(header, Column::Handle);
        let message = match written {
            "" => messages::import_handle_made(cell::excerpt(handle)),
            _ if is_slug(&written.to_lowercase().replace(['\u{200C}', '\u{200D}'], "")) || !is_slug(handle) => return,
            _ => messages::import_handle_changed(cell::excerpt(written), cell::excerpt(handle)),
        };
        problems.warning(self.number, header.name(Column::Handle), message);
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
    address(header, row, column, row.get(header, column), problems)
}

/// The cell's web addresses: some shops write several into one cell.
pub(super) fn web_addresses(header: &Header, row: &Row, column: Column, problems: &mut Problems) -> Vec<String> {
    let parts = several(row.get(header, column)).into_iter();
    parts
        .filter_map(|part| address(header, row, column, part, problems))
        .collect()
}

/// A cell parted wherever another address begins behind a comma, a bar, a semicolon or a blank.
fn several(cell: &str) -> Vec<&str> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | ';');
    let begins = cell.match_indices("http").map(|(place, _)| place);
    let begins = begins.filter(|place| {
        let is_address = cell[*place..].starts_with("http://") || cell[*place..].starts_with("https://");
        is_address && cell[..*place].ends_with(is_between)
    });
    let mut ends: Vec<usize> = begins.collect();
    ends.push(cell.len());
    let mut start = 0;
    let parts = ends.into_iter().map(|end| {
        let part = cell[start..end].trim_matches(is_between);
        start = end;
        part
    });
    parts.collect()
}

fn address(header: &Header, row: &Row, column: Column, written: &str, problems: &mut Problems) -> Option<String> {
    if written.is_empty() {
        return None;
    }
    // People and old shops write some characters as they are.
    let source = written.replace(' ', "%20").replace('\'', "%27");
    // As pages name a picture that is fetched as they are.
    let source = match source.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => source,
    };
    let plain = !source.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'));
    if plain && is_web_address(&source) && source.len() <= 2_048 {
        return Some(source);
    }
    let message = messages::import_no_web_address(cell::excerpt(&source));
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
    read: Result<T, Message>,
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
