//! A table of translations as a file of operations: what `translations::table` wrote, with its last column filled in by
//! whatever program saved it.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs_io::DecodeReaderBytesBuilder;
use serde_json::json;

use crate::{ErrorCode, Refusal, language::messages, table::undefused};

/// What spreadsheets put between columns.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// Where the columns stand that are read.
struct Columns {
    id: usize,
    locale: usize,
    field: usize,
    translation: usize,
    digest: Option<usize>,
}

/// The table's rows as operations, each in the line of its row: its header and texts without a translation are empty lines.
/// `None` for what is no such table.
///
/// # Errors
/// Refuses a table that cannot be read, and names the row.
pub(super) fn as_operations(content: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    if content.trim_ascii_start().starts_with(b"{") {
        return Ok(None);
    }
    let mut text = Vec::new();
    let mut decoded = DecodeReaderBytesBuilder::new()
        .utf8_passthru(true)
        .strip_bom(true)
        .build(content);
    if decoded.read_to_end(&mut text).is_err() {
        return Ok(None);
    }
    let Some((separator, columns)) = SEPARATORS.iter().find_map(|separator| columns(&text, *separator)) else {
        return Ok(None);
    };
    let mut operations = String::new();
    for (row, record) in reader(&text, separator).records().enumerate().skip(1) {
        // So that a line's number is that of its row.
        operations.push('\n');
        let unreadable = |error: csv::Error| {
            let message = messages::table_row_unreadable(row + 1, error.to_string());
            Refusal::new(ErrorCode::Invalid, message).at(&["file"])
        };
        operations.push_str(&operation(&record.map_err(unreadable)?, &columns));
    }
    operations.push('\n');
    Ok(Some(operations.into_bytes()))
}

fn reader(text: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text)
}

fn columns(text: &[u8], separator: u8) -> Option<(u8, Columns)> {
    let header = reader(text, separator).records().next()?.ok()?;
    let place = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let columns = Columns {
        id: place("id")?,
        locale: place("locale")?,
        field: place("field")?,
        translation: place("translation")?,
        digest: place("digest"),
    };
    Some((separator, columns))
}

/// What a row asks for; nothing where it has no translation.
fn operation(row: &StringRecord, columns: &Columns) -> String {
    let cell = |place: usize| undefused(row.get(place).unwrap_or_default());
    let text = cell(columns.translation);
    if text.trim().is_empty() {
        return String::new();
    }
    let mut operation = json!({
        "op": "translationSet",
        "of": cell(columns.id),
        "locale": cell(columns.locale),
        "field": cell(columns.field),
        "text": text,
    });
    if let Some(digest) = columns.digest.map(cell).filter(|digest| !digest.is_empty()) {
        operation["sourceDigest"] = digest.into();
    }
    operation.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operations(table: &str) -> Option<String> {
        let operations = as_operations(table.as_bytes()).expect("a table");
        operations.map(|operations| String::from_utf8(operations).expect("UTF-8"))
    }

    #[test]
    fn a_filled_table_is_a_file_of_operations() {
        let table = "\u{feff}ID;Name;Locale;Field;Original;Digest;Translation\r\n\
            option:Colour;Colour;de;name;Colour;abc;Farbe\r\n\
            option:Colour;Colour;de;value:Red;Red;def;\r\n\
            option:Colour;Colour;de;value:Sum;'=Sum;;\"'=Summe\nund mehr\"\r\n";
        let operations = operations(table).expect("a table of translations");
        let lines: Vec<&str> = operations.lines().collect();
        assert_eq!(lines.len(), 4);
        assert_eq!((lines[0], lines[2]), ("", ""));
        let line = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        let expected = json!({ "op": "translationSet", "of": "option:Colour", "locale": "de", "field": "name",
            "text": "Farbe", "sourceDigest": "abc" });
        assert_eq!(line(lines[1]), expected);
        assert_eq!(line(lines[3])["text"], "=Summe\nund mehr");
        assert_eq!(line(lines[3]).get("sourceDigest"), None);
    }

    #[test]
    fn anything_else_is_left_alone() {
        for other in ["{\"op\": \"priceSet\"}\n", "", "Handle,Title\nmug,Mug\n", "nonsense"] {
            assert_eq!(operations(other), None, "{other:?}");
        }
    }
}
