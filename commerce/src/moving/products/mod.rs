//! Products of WooCommerce's and Medusa's exports, as rows of Shopify's product CSV, which [`catalog::import`](crate::catalog::import)
//! reads: so all of them go one way into the catalogue, and are known again by handle and SKU.

mod line;
mod medusa;
mod woocommerce;

use std::io::Read;

use vitrine_entity::imported_order::ImportSource;

use self::line::{COLUMNS, Line, Stock};
use super::{
    file::{Table, is_among},
    report::Problems,
};
use crate::{
    Result,
    catalog::import::{self, Parsed, RowProblem, Severity},
    language::messages,
    money::Currency,
    table,
};

/// A file of products in Shopify's columns.
#[derive(Debug)]
struct ProductFile {
    /// UTF-8, with a header.
    csv: Vec<u8>,
    /// What nothing could be made of, by row of the file that was read.
    problems: Vec<RowProblem>,
    /// The row of that file from which each row of `csv` was made.
    rows: Vec<usize>,
}

impl ProductFile {
    /// The row of the file that was read, of a row of `csv`: the header is row 1 of both.
    fn row(&self, row: usize) -> usize {
        row.checked_sub(2)
            .and_then(|place| self.rows.get(place))
            .copied()
            .unwrap_or(row)
    }
}

/// Reads a file of products as `source` exports it, for [`catalog::import`](crate::catalog::import) to write. Prices are those in
/// `currency`. What are no products to sell is left out, with a warning.
///
/// # Errors
/// When rows cannot be written to memory, which never happens.
pub fn read_products(source: ImportSource, reader: impl Read, currency: Currency) -> Result<Parsed> {
    if source == ImportSource::Shopify {
        return Ok(import::read(reader, currency));
    }
    let mut file = product_file(source, reader, currency)?;
    // Where nothing is left, it is another file.
    let severity = match file.rows.is_empty() {
        true => Severity::Error,
        false => Severity::Warning,
    };
    let left_out = std::mem::take(&mut file.problems).into_iter();
    let left_out = left_out.map(|problem| RowProblem { severity, ..problem });
    let parsed = import::read(file.csv.as_slice(), currency);
    Ok(parsed.renumbered(|row| file.row(row), left_out))
}

/// As Shopify would write it. Of another system than that.
fn product_file(source: ImportSource, reader: impl Read, currency: Currency) -> Result<ProductFile> {
    let mut problems = Problems::default();
    let telling = match source {
        ImportSource::Medusa => medusa::TELLING,
        ImportSource::Woocommerce | ImportSource::Shopify => woocommerce::TELLING,
    };
    let table = Table::read(reader, |name| is_among(&telling, name), &mut problems);
    let lines: Vec<Line> = match source {
        ImportSource::Medusa => medusa::lines(&table, currency, &mut problems),
        ImportSource::Woocommerce | ImportSource::Shopify => woocommerce::lines(&table, &mut problems),
    };
    let untold = lines.iter().filter(|line| line.stock == Stock::Untold).count();
    if untold > 0 {
        problems.warning(1, "", messages::moving_stock_untold(untold));
    }
    let rows = lines.iter().map(|line| line.row).collect();
    let header = COLUMNS.map(str::to_owned).to_vec();
    let csv = table::csv(std::iter::once(header).chain(lines.into_iter().map(Line::cells)))?;
    Ok(ProductFile {
        csv,
        problems: problems.sorted(),
        rows,
    })
}

#[cfg(test)]
mod tests;
