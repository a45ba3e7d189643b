//! A file's rows, whose cells are found by the names of their columns.

use std::{collections::HashMap, io::Read};

use csv::ByteRecord;

use super::report::Problems;
use crate::{
    catalog::import::{Next, Source},
    language::messages,
    text,
};

/// The largest file that is read, in bytes.
const BYTES_MAX: u64 = 256 * 1024 * 1024;
const ROWS_MAX: usize = 1_000_000;

/// A file that was read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// Where each column stands, by its name in small letters.
    columns: HashMap<String, usize>,
    pub(super) rows: Vec<Row>,
}

/// A row, by its number as a spreadsheet counts: the header is row 1.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) number: usize,
    cells: Vec<String>,
}

impl Table {
    /// Reads a file, whose columns are told apart by `is_known`.
    pub(super) fn read(reader: impl Read, is_known: impl Fn(&str) -> bool, problems: &mut Problems) -> Self {
        let mut table = Self::default();
        let mut limited = reader.take(BYTES_MAX);
        match Source::open_knowing(&mut limited, |name| is_known(&normal(name))) {
            Ok(mut source) => table.read_all(&mut source, problems),
            Err(error) => problems.error(1, "", messages::import_unreadable(error.to_string())),
        }
        if limited.limit() == 0 {
            problems.error(1, "", messages::import_file_mb_max(BYTES_MAX >> 20));
        }
        table
    }

    fn read_all(&mut self, source: &mut Source<'_>, problems: &mut Problems) {
        let mut record = ByteRecord::new();
        for number in 1.. {
            match source.read(&mut record) {
                Ok(Next::Row) => {}
                Ok(Next::Unclosed) => return problems.error(number, "", messages::import_quote_unclosed()),
                Ok(Next::End) => break,
                Err(error) => return problems.error(number, "", messages::import_unreadable(error.to_string())),
            }
            if number > ROWS_MAX {
                return problems.error(number, "", messages::import_rows_max(ROWS_MAX));
            }
            if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
                problems.error(number, "", messages::import_not_utf8(1));
                continue;
            }
            let cells = record.iter().map(|cell| text::normal(&String::from_utf8_lossy(cell)));
            match number {
                1 => {
                    let names = cells.enumerate().map(|(place, name)| (normal(&name), place));
                    // Of two columns of one name the first counts.
                    names.for_each(|(name, place)| {
                        self.columns.entry(name).or_insert(place);
                    });
                }
                _ => self.rows.push(Row {
                    number,
                    cells: cells.collect(),
                }),
            }
        }
        if self.rows.is_empty() {
            problems.error(1, "", messages::import_no_rows());
        }
    }

    /// What stands in the first of these columns (in small letters) in which anything does; empty where nothing does.
    pub(super) fn cell<'a>(&self, row: &'a Row, names: &[&str]) -> &'a str {
        let cells = names.iter().filter_map(|name| row.cells.get(*self.columns.get(*name)?));
        cells
            .map(String::as_str)
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// Whether the file has one of these columns.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.columns.contains_key(*name))
    }
}

/// A column's name as it is compared.
fn normal(name: &str) -> String {
    text::normal(name).to_lowercase()
}

/// Whether `name` is among `known`, all in small letters.
pub(super) fn is_among(known: &[&[&str]], name: &str) -> bool {
    known.iter().any(|names| names.contains(&name))
}
