//! Reads a file row by row, gathers the rows of one product, and makes drafts of them.

use std::{
    collections::{BTreeSet, HashMap},
    io::{self, Read},
};

use csv::ByteRecord;

use super::{
    cell,
    header::{Column, Header, LINES},
    problem::{Problems, RowProblem},
    product,
    row::Row,
    variant,
};
use crate::{catalog::draft::ProductDraft, money::Currency, text};

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
}

/// Reads a file. Broken rows are named and left out; what is left of a product that has one is
/// still checked, so that one reading finds as much as it can.
pub fn read(reader: impl Read, currency: Currency) -> Parsed {
    let mut reading = Reading::of(currency);
    let mut limited = reader.take(BYTES_MAX);
    {
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(&mut limited);
        reading.read_all(&mut csv);
    }
    if limited.limit() == 0 {
        reading.problems.error(
            reading.number,
            "",
            format!("The file is larger than {} MB. Split it.", BYTES_MAX >> 20),
        );
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
        }
    }

    fn read_all<R: io::Read>(&mut self, csv: &mut csv::Reader<R>) {
        let Some(cells) = self.next_row(csv) else {
            if self.problems.errors == 0 {
                self.problems
                    .error(1, "", "The file is empty. Export the products again.");
            }
            return;
        };
        let Some(header) = Header::read(&cells, &mut self.problems) else {
            return;
        };
        self.further_options = header.further_options().collect();
        let mut unused: Vec<usize> = header.unused().collect();
        unused.retain(|place| !self.further_options.contains(place));
        self.unused = unused;
        while let Some(cells) = self.next_row(csv) {
            if self.number > ROWS_MAX {
                self.problems.error(
                    self.number,
                    "",
                    format!("The file has more than {ROWS_MAX} rows. Split it."),
                );
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
            let message = format!(
                "Not used, for this shop keeps nothing of the kind: {}.",
                names.join(", ")
            );
            self.problems.product.clear();
            self.problems.warning(1, "", message);
        }
    }

    /// What holds for many rows, once.
    fn tell_of_many(&mut self, header: &Header) {
        self.problems.product.clear();
        if let Some((row, count)) = self.counted_by_nobody {
            let message = format!(
                "{} a quantity and no tracker: the units are counted, and sold out when they are gone. Empty the quantity, \
                 or write 0, for what never runs out.",
                rows(count)
            );
            self.problems.warning(row, header.name(Column::Tracker), message);
        }
        if let Some((row, count)) = self.filed_by_type {
            let message = format!(
                "Not used where there is a type, which names the category: {} both. Empty `{}` to have the \
                 products filed by this one.",
                rows(count),
                header.name(Column::Type)
            );
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
                let message = format!(
                    "A product is chosen by at most three options: `{}` is not used. Put it into another option's \
                     value, like `Oak / {}`.",
                    cell::excerpt(value),
                    cell::excerpt(value)
                );
                self.problems.warning(row.number, header.column_name(*place), message);
            }
        }
    }

    /// The next row that can be read.
    fn next_row<R: io::Read>(&mut self, csv: &mut csv::Reader<R>) -> Option<Vec<String>> {
        let mut record = ByteRecord::new();
        loop {
            let line = csv.position().line();
            match csv.read_byte_record(&mut record) {
                Ok(false) => return None,
                // The reader passes over empty lines, which a spreadsheet counts.
                Ok(true) => self.number += 1 + empty_lines(csv.position().line() - line, &record),
                Err(error) => {
                    let message = format!("The file cannot be read further: {error}. Export the products again.");
                    self.problems.error(self.number + 1, "", message);
                    return None;
                }
            }
            match record
                .iter()
                .map(|cell| std::str::from_utf8(cell).map(text::normal))
                .collect()
            {
                Ok(cells) => return Some(cells),
                Err(_) => self
                    .problems
                    .error(self.number, "", "The row is not in UTF-8. Save the file as CSV UTF-8."),
            }
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
            let message = format!(
                "The row has {} cells, the header {}. Put quotes around a cell that holds a comma.",
                row.cells.len(),
                header.width()
            );
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
        straighten(header, &mut row, &mut self.problems);
        if handle.is_empty() {
            let message = "The row names no product. Write the product's handle, as in the rows above.";
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
                format!("A product has at most {PRODUCT_ROWS_MAX} rows."),
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
            let message = format!("The rows of one product stand together. Move this row below row {before}.");
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

/// `3 rows have`.
fn rows(count: usize) -> String {
    match count {
        1 => "1 row has".to_owned(),
        count => format!("{count} rows have"),
    }
}

/// How many of the `lines` that were read on the way to a record's end are empty ones before it.
fn empty_lines(lines: u64, record: &ByteRecord) -> usize {
    let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count();
    usize::try_from(lines).unwrap_or(0).saturating_sub(within + 1)
}

/// Makes one line of what is kept as one.
fn straighten(header: &Header, row: &mut Row, problems: &mut Problems) {
    for column in LINES {
        let cell = header.place(column).and_then(|place| row.cells.get_mut(place));
        if let Some(cell) = cell.filter(|cell| cell.contains('\n')) {
            *cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
            problems.warning(row.number, header.name(column), "The line breaks became spaces.");
        }
    }
}
