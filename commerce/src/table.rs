//! Tables that people open in a spreadsheet: CSV (RFC 4180).

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::{Fault, Result};

/// Rows as a piece of a CSV file in UTF-8.
pub(crate) fn csv<Row: IntoIterator<Item = String>>(rows: impl IntoIterator<Item = Row>) -> Result<Vec<u8>> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.into_iter().map(defused))
            .map_err(|error| Fault::other("writing CSV", error))?;
    }
    let written = writer.into_inner().map_err(|error| error.into_error());
    Ok(written.map_err(|error| Fault::other("writing CSV", error))?)
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe, which makes it text: names, an id of a
/// request, and whatever a provider answers, come from outside. One that begins with apostrophes and then so gets
/// another, so that [`undefused`] gives back what it was.
fn defused(cell: String) -> String {
    match is_defused(&cell) {
        true => format!("'{cell}"),
        false => cell,
    }
}

/// A cell as it was before [`csv`] kept a spreadsheet from running it.
pub(crate) fn undefused(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_defused(rest) => rest,
        _ => cell,
    }
}

/// Whether [`csv`] writes another apostrophe before the cell.
pub(crate) fn is_defused(cell: &str) -> bool {
    let cell = cell.trim_start_matches('\'');
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: Vec<[String; 2]>) -> String {
        String::from_utf8(csv(rows).expect("CSV")).expect("UTF-8")
    }

    fn cells(a: &str, b: &str) -> [String; 2] {
        [a.to_owned(), b.to_owned()]
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            lines(vec![cells("a", "b,c"), cells("d \"e\"", "f\ng")]),
            "a,\"b,c\"\r\n\"d \"\"e\"\"\",\"f\ng\"\r\n"
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert!(defused(evil.to_owned()).starts_with('\''), "{evil:?}");
        }
        for cell in ["=1", "'=1", "''-1", "'a", "a", "", "'"] {
            assert_eq!(undefused(&defused(cell.to_owned())), cell);
        }
        assert_eq!(
            lines(vec![cells("=cmd|' /C calc'!A0", "pay_1")]),
            "'=cmd|' /C calc'!A0,pay_1\r\n"
        );
    }
}
