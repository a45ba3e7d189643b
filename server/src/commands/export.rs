//! `vitrine export`.

use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, ValueEnum};
use futures::{Stream, StreamExt, pin_mut};
use indicatif::ProgressBar;
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{Context, exports, translations};
use vitrine_entity::data_export::ExportKind;

use super::{
    print,
    progress::{bar, tell},
};

/// Prints a table of the shop as CSV (UTF-8), oldest first.
///
/// Products come in Shopify's columns, as `vitrine import` reads them: importing them into the same shop changes
/// nothing, and into an empty one makes the same catalogue. Five columns are Vitrine's own: `Category Handle`,
/// `Variant Active`, `Variant Shipping Class`, `Variant Low Stock Threshold` and `Variant Gift Card Amounts` (`10.00-200.00`, or
/// `10.00-200.00 / 5.00` where only every so much may be chosen); named values stand in columns
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
  vitrine export orders | gzip > orders.csv.gz
  vitrine export translations > texts.csv              fill in its last column, then: vitrine bulk run texts.csv";

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
    /// Codes of discounts, and how many orders have each.
    DiscountCodes,
    /// Orders with discounts, a row for each discount of an order.
    DiscountUses,
    /// Goods that come back, a row for each line of a return.
    Returns,
    /// Every text with its translations, a row a text and language: filled in, `vitrine bulk run` takes it as it is.
    Translations,
}

impl Export {
    pub(super) async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let (kind, things) = match self.what {
            What::Translations if self.operations => bail!("`--operations` is for stock alone."),
            What::Translations => return translations(booted).await,
            What::Products => (ExportKind::Products, "products"),
            What::Customers => (ExportKind::Customers, "customers"),
            What::Orders => (ExportKind::Orders, "orders"),
            What::Stock => (ExportKind::Stock, "variants"),
            What::DiscountCodes => (ExportKind::DiscountCodes, "codes"),
            What::DiscountUses => (ExportKind::DiscountUses, "uses"),
            What::Returns => (ExportKind::Returns, "returns"),
        };
        let (shop, context, bar) = (&booted.shop, Context::system(&booted.shop, "export"), bar(things));
        let total = exports::count(shop, &context, kind).await?;
        let pieces = match (self.operations, kind) {
            (false, _) => exports::stream(shop.clone(), &context, kind)?.boxed(),
            (true, ExportKind::Stock) => exports::stock_operations(shop.clone(), &context)?.boxed(),
            (true, _) => bail!("`--operations` is for stock alone."),
        };
        written(pieces, &bar, total).await
    }
}

async fn translations(booted: &Booted) -> anyhow::Result<ExitCode> {
    let (shop, context, bar) = (&booted.shop, Context::system(&booted.shop, "export"), bar("texts"));
    let total = translations::count(shop, &context).await?;
    let pieces = translations::stream(shop.clone(), &context)?;
    written(pieces, &bar, total).await
}

async fn written(
    pieces: impl Stream<Item = vitrine_commerce::Result<(Vec<u8>, u64)>>,
    bar: &ProgressBar,
    total: u64,
) -> anyhow::Result<ExitCode> {
    pin_mut!(pieces);
    let mut done = 0;
    while let Some(piece) = pieces.next().await {
        let (bytes, things) = piece?;
        print::bytes(&bytes)?;
        done += things;
        tell(bar, done, total.max(done));
    }
    bar.finish_and_clear();
    Ok(ExitCode::SUCCESS)
}
