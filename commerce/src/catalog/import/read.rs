//! Reads a file row by row, gathers the rows of one product, and makes drafts of them.

use std::{
    collections::{BTreeSet, HashMap},
    io::Read,
};

use csv::ByteRecord;

use super::{
    cell,
    header::{Column, Header},
    problem::{Problems, RowProblem, Severity},
    product,
    row::Row,
    source::{Next, Source},
    variant,
};
use crate::{catalog::draft::ProductDraft, language::messages, money::Currency, text};

/// The largest file that is read.
const BYTES_MAX: u64 = 256 * 1024 * 1024;
const ROWS_MAX: usize = 500_000;
/// The most rows of one product: its variants and its pictures.
const PRODUCT_ROWS_MAX: usize = 3_000;

/// A file that was read.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// Each product with the number of its first row, checked and its HTML sanitised.
    pub drafts: Vec<(usize, ProductDraft)>,
    pub problems: Vec<RowProblem>,
    /// For each draft, the row of each of its variants.
    pub(super) variant_rows: Vec<Vec<usize>>,
    pub(super) header: Option<Header>,
    pub(super) errors: usize,
}

impl Parsed {
    /// Whether something keeps the file from being imported.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// Of a file that was made of another: with the numbers of that one's rows, and what was found wrong with them before.
    pub(crate) fn renumbered(mut self, row: impl Fn(usize) -> usize, before: impl Iterator<Item = RowProblem>) -> Self {
        for (first, _) in &mut self.drafts {
            *first = row(*first);
        }
        for variant in self.variant_rows.iter_mut().flatten() {
            *variant = row(*variant);
        }
        for problem in &mut self.problems {
            problem.row = row(problem.row);
        }
        for problem in before {
            self.errors += usize::from(problem.severity == Severity::Error);
            self.problems.push(problem);
        }
        self.problems.sort_by_key(|problem| problem.row);
        self
    }
}

/// Reads a file. Broken rows are named and left out; what is left of a product that has one is
/// still checked, so that one reading finds as much as it can.
pub fn read(reader: impl Read, currency: Currency) -> Parsed {
    let mut reading = Reading::of(currency);
    let mut limited = reader.take(BYTES_MAX);
    match Source::open(&mut limited) {
        Ok(mut source) => reading.read_all(&mut source),
        Err(error) => reading.cannot_read(&error),
    }
    if limited.limit() == 0 {
        reading
            .problems
            .error(reading.number, "", messages::import_file_mb_max(BYTES_MAX >> 20));
    }
    reading.finish()
}

struct Reading {
    currency: Currency,
    problems: Problems,
    parsed: Parsed,
    /// The number of the row that was read last.
    number: usize,
    /// The rows of the product being gathered.
    open: Vec<Row>,
    open_handle: String,
    /// The last row of each product that is complete.
    done: HashMap<String, usize>,
    /// The row in which each SKU stands.
    skus: HashMap<String, usize>,
    /// Columns that say nothing of what this shop keeps, and of them those in which something stands.
    unused: Vec<usize>,
    lost: BTreeSet<usize>,
    /// Columns of options beyond those that a product has.
    further_options: Vec<usize>,
    /// What is the same in many rows and told once: the first of them, and how many there are.
    counted_by_nobody: Option<(usize, usize)>,
    filed_by_type: Option<(usize, usize)>,
    not_utf8: Option<(usize, usize)>,
}

impl Reading {
    fn of(currency: Currency) -> Self {
        Self {
            currency,
            problems: Problems::default(),
            parsed: Parsed::default(),
            number: 0,
            open: Vec::new(),
            open_handle: String::new(),
            done: HashMap::new(),
            skus: HashMap::new(),
            unused: Vec::new(),
            lost: BTreeSet::new(),
            further_options: Vec::new(),
            counted_by_nobody: None,
            filed_by_type: None,
            not_utf8: None,
        }
    }

    fn read_all(&mut self, source: &mut Source<'_>) {
        let Some(record) = self.next_record(source) else {
            if self.problems.errors == 0 {
                self.problems.error(1, "", messages::import_no_rows());
            }
            return;
        };
        if record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
            self.not_utf8 = Some((self.number, 1));
        }
        let cells: Vec<String> = record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect();
        let Some(header) = Header::read(&cells, &mut self.problems) else {
            return;
        };
        self.further_options = header.further_options().collect();
        let mut unused: Vec<usize> = header.unused().collect();
        unused.retain(|place| !self.further_options.contains(place));
        self.unused = unused;
        while let Some(cells) = self.next_row(source) {
            if self.number > ROWS_MAX {
                self.problems
                    .error(self.number, "", messages::import_rows_max(ROWS_MAX));
                break;
            }
            self.take(
                &header,
                Row {
                    number: self.number,
                    cells,
                },
            );
        }
        self.close(&header);
        self.tell_lost(&header);
        self.tell_of_many(&header);
        self.parsed.header = Some(header);
    }

    /// No column that means something to somebody is dropped without a word.
    fn tell_lost(&mut self, header: &Header) {
        let names = self.lost.iter().map(|place| header.column_name(*place));
        let names: Vec<_> = names
            .filter(|name| !name.is_empty())
            .map(|name| format!("`{name}`"))
            .collect();
        if !names.is_empty() {
            let message = messages::import_columns_unused(names.join(", "));
            self.problems.product.clear();
            self.problems.warning(1, "", message);
        }
    }

    /// What holds for many rows, once.
    fn tell_of_many(&mut self, header: &Header) {
        self.problems.product.clear();
        if let Some((row, count)) = self.not_utf8 {
            self.problems.error(row, "", messages::import_not_utf8(count));
        }
        if let Some((row, count)) = self.counted_by_nobody {
            let message = messages::import_counted_by_nobody(count);
            self.problems.warning(row, header.name(Column::Tracker), message);
        }
        if let Some((row, count)) = self.filed_by_type {
            let message = messages::import_filed_by_type(count, header.name(Column::Type));
            self.problems.warning(row, header.name(Column::Category), message);
        }
    }

    /// Notes of a row what is told of many at once, and tells of what it has too much.
    fn note(&mut self, header: &Header, row: &Row) {
        let count = |told: &mut Option<(usize, usize)>| {
            let (first, count) = told.unwrap_or((row.number, 0));
            *told = Some((first, count + 1));
        };
        if variant::counts_by_nobody(header, row) {
            count(&mut self.counted_by_nobody);
        }
        if product::is_filed_by_type_alone(header, row) {
            count(&mut self.filed_by_type);
        }
        for place in &self.further_options {
            if let Some(value) = row
                .cells
                .get(*place)
                .map(|cell| cell.trim())
                .filter(|cell| !cell.is_empty())
            {
                let message = messages::import_options_three(cell::excerpt(value));
                self.problems.warning(row.number, header.column_name(*place), message);
            }
        }
    }

    /// The next row that can be read.
    fn next_row(&mut self, source: &mut Source<'_>) -> Option<Vec<String>> {
        loop {
            let record = self.next_record(source)?;
            let cells: Result<Vec<String>, _> = record
                .iter()
                .map(|cell| std::str::from_utf8(cell).map(|cell| cell::plain(text::normal(cell))))
                .collect();
            match cells {
                Ok(cells) => {
                    self.tell_swallowed(source.separator, &cells);
                    return Some(cells);
                }
                Err(_) => {
                    let (first, count) = self.not_utf8.unwrap_or((self.number, 0));
                    self.not_utf8 = Some((first, count + 1));
                }
            }
        }
    }

    fn next_record(&mut self, source: &mut Source<'_>) -> Option<ByteRecord> {
        let mut record = ByteRecord::new();
        let line = source.csv.position().line();
        let next = source.read(&mut record);
        // The reader passes over empty lines, which a spreadsheet counts.
        self.number += 1 + empty_lines(source.csv.position().line() - line, &record);
        match next {
            Ok(Next::Row) => Some(record),
            Ok(Next::End) => None,
            Ok(Next::Unclosed) => {
                self.problems.error(self.number, "", messages::import_quote_unclosed());
                None
            }
            Err(error) => {
                self.cannot_read(&error);
                None
            }
        }
    }

    fn cannot_read(&mut self, error: &dyn std::fmt::Display) {
        let message = messages::import_unreadable(error.to_string());
        self.problems.error(self.number.max(1), "", message);
    }

    /// A cell in which whole rows seem to stand: a quote before them was not closed where it should be.
    fn tell_swallowed(&mut self, separator: char, cells: &[String]) {
        let is_row = |line: &str| cells.len() > 3 && line.matches(separator).count() + 1 == cells.len();
        let holds_rows = |cell: &String| {
            let lines: Vec<&str> = cell.split('\n').collect();
            lines.len() > 2 && lines[1..lines.len() - 1].iter().any(|line| is_row(line))
        };
        if cells.iter().any(holds_rows) {
            self.problems.product.clear();
            self.problems
                .warning(self.number, "", messages::import_rows_swallowed());
        }
    }

    fn take(&mut self, header: &Header, mut row: Row) {
        if row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        if row
            .cells
            .iter()
            .skip(header.width())
            .any(|cell| !cell.trim().is_empty())
        {
            let message = messages::import_row_cells(row.cells.len(), header.width());
            self.problems.error(row.number, "", message);
            return;
        }
        let lost = self
            .unused
            .iter()
            .filter(|place| row.cells.get(**place).is_some_and(|cell| !cell.is_empty()));
        self.lost.extend(lost.copied().collect::<Vec<_>>());
        let handle = row.handle(header);
        self.problems.product.clone_from(&handle);
        self.note(header, &row);
        row.straighten(header, &mut self.problems);
        if handle.is_empty() {
            let message = messages::import_row_of_nothing();
            self.problems.error(row.number, header.name(Column::Handle), message);
            return;
        }
        if self.open.is_empty() || handle != self.open_handle {
            self.close(header);
            self.open_handle = handle;
        }
        if self.open.len() == PRODUCT_ROWS_MAX {
            self.problems.error(
                row.number,
                header.name(Column::Handle),
                messages::import_product_rows_max(PRODUCT_ROWS_MAX),
            );
        } else if self.open.len() < PRODUCT_ROWS_MAX {
            self.open.push(row);
        }
    }

    /// Makes a draft of the rows gathered.
    fn close(&mut self, header: &Header) {
        let rows = std::mem::take(&mut self.open);
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
            return;
        };
        if let Some(before) = self.done.insert(self.open_handle.clone(), last.number) {
            let message = messages::import_rows_apart(before.to_string());
            self.problems.error(first.number, header.name(Column::Handle), message);
            return;
        }
        self.problems.product.clone_from(&self.open_handle);
        let Some((draft, variant_rows)) = product::draft(header, &rows, self.currency, &mut self.problems) else {
            return;
        };
        self.claim_skus(header, &draft, &variant_rows);
        self.parsed.drafts.push((first.number, draft));
        self.parsed.variant_rows.push(variant_rows);
    }

    fn claim_skus(&mut self, header: &Header, draft: &ProductDraft, rows: &[usize]) {
        for (variant, row) in draft.variants.iter().zip(rows) {
            if let Some(first) = self.skus.insert(variant.sku.clone(), *row) {
                let message = product::double_sku(&variant.sku, first);
                self.problems.error(*row, header.name(Column::Sku), message);
            }
        }
    }

    fn finish(mut self) -> Parsed {
        self.parsed.errors = self.problems.errors;
        self.parsed.problems = self.problems.sorted();
        self.parsed
    }
}

/// How many of the `lines` that were read on the way to a record's end are empty ones before it.
fn empty_lines(lines: u64, record: &ByteRecord) -> usize {
    let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count();
    usize::try_from(lines).unwrap_or(0).saturating_sub(within + 1)
}
