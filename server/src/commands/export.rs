//! `vitrine export`.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, ValueEnum};
use futures::{StreamExt, pin_mut};
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{Context, exports};
use vitrine_entity::data_export::ExportKind;

use super::{
    print,
    progress::{bar, tell},
};

/// Prints a table of the shop as CSV (UTF-8), oldest first.
///
/// Products come in Shopify's columns, as `vitrine import` reads them: importing them into the same shop changes
/// nothing, and into an empty one makes the same catalogue. Four columns are Vitrine's own: `Category Handle`,
/// `Variant Active`, `Variant Shipping Class` and `Variant Low Stock Threshold`; named values stand in columns
/// like `Material (product.attributes)`, metafields in columns like `custom.care (product.metafields.custom.care)`.
/// A variant that has no price costs `none`; a product without variants is left out.
///
/// Orders have a row a line. Cells that a spreadsheet would run as a formula begin with an apostrophe, which
/// `vitrine import` takes off again.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Export {
    /// What to export.
    #[arg(value_enum)]
    what: What,
    /// Writes stock as a file for `vitrine bulk run`, which counts it so: what lies at the first location that is
    /// not closed.
    #[arg(long)]
    operations: bool,
}

const EXAMPLES: &str = "\
Examples:
  vitrine export products > products.csv
  vitrine export stock --operations > stock.jsonl      change it, then: vitrine bulk run stock.jsonl
  vitrine export orders | gzip > orders.csv.gz";

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// The catalogue, as `vitrine import` reads it.
    Products,
    /// Who has an account, and what they bought.
    Customers,
    /// Orders, a row a line.
    Orders,
    /// What lies where.
    Stock,
}

impl Export {
    pub(super) async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let (kind, things) = match self.what {
            What::Products => (ExportKind::Products, "products"),
            What::Customers => (ExportKind::Customers, "customers"),
            What::Orders => (ExportKind::Orders, "orders"),
            What::Stock => (ExportKind::Stock, "variants"),
        };
        let (shop, context, bar) = (&booted.shop, Context::system(&booted.shop, "export"), bar(things));
        let total = exports::count(shop, &context, kind).await?;
        let pieces = match (self.operations, kind) {
            (false, _) => exports::stream(shop.clone(), &context, kind)?.boxed(),
            (true, ExportKind::Stock) => exports::stock_operations(shop.clone(), &context)?.boxed(),
            (true, _) => bail!("`--operations` is for stock alone."),
        };
        pin_mut!(pieces);
        let mut done = 0;
        while let Some(piece) = pieces.next().await {
            let (bytes, things) = piece?;
            print::bytes(&bytes)?;
            done += things;
            tell(&bar, done, total.max(done));
        }
        bar.finish_and_clear();
        Ok(ExitCode::SUCCESS)
    }
}
