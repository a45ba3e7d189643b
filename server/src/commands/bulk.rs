//! `vitrine bulk`.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use futures::{StreamExt, pin_mut};
use vitrine_adapters::boot::Booted;
use vitrine_commerce::{
    Context, Error,
    bulk::{self, BulkStart},
};
use vitrine_entity::{
    bulk_operation::{self, BulkStatus},
    ids::BulkOperationId,
};

use super::{
    print,
    progress::{bar, tell},
};

/// Does what a file says, line by line.
///
/// A file has a JSON object a line (JSON lines). `op` says what to do; the rest is its input, named as the API's
/// mutation of that kind names it. Products and categories may be named by `slug` in place of `id`, variants by
/// `sku`. Each line is done wholly or refused, whatever becomes of the others; a line's results name its number.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLE)]
pub(super) enum Bulk {
    Run(Run),
    /// Prints what became of each line, as JSON lines.
    Results {
        /// The bulk operation's id, as `vitrine bulk run` tells it.
        id: BulkOperationId,
    },
    /// Stops a bulk operation: what it has done stays.
    Cancel {
        /// The bulk operation's id.
        id: BulkOperationId,
    },
}

const EXAMPLE: &str = r#"An example file, with one line of each kind:
  {"op": "categoryCreate", "name": "Mugs", "slug": "mugs"}
  {"op": "categoryUpdate", "slug": "mugs", "name": "Mugs and cups"}
  {"op": "productCreate", "title": "Mug", "slug": "mug", "category": "mugs", "status": "ACTIVE", "variants": [{"sku": "MUG-1", "price": "12.50", "onHand": 20}]}
  {"op": "productUpdate", "slug": "mug", "title": "A mug", "tags": ["kitchen"]}
  {"op": "productCategorySet", "slug": "mug", "category": null}
  {"op": "variantCreate", "product": "bowl", "sku": "BOWL-L", "options": [{"name": "Size", "value": "L"}], "price": "9.90"}
  {"op": "variantUpdate", "sku": "BOWL-L", "weightGrams": 400, "barcode": null}
  {"op": "priceSet", "sku": "MUG-1", "price": "11.00", "compareAt": "12.50"}
  {"op": "stockSet", "sku": "MUG-1", "onHand": 35}
  {"op": "stockAdjust", "sku": "MUG-1", "delta": -2, "reason": "broken"}
  {"op": "metafieldSet", "product": "mug", "namespace": "care", "key": "wash", "kind": "TEXT", "value": "by hand"}
  {"op": "metafieldDelete", "sku": "MUG-1", "namespace": "care", "key": "wash"}
  {"op": "translationSet", "product": "mug", "locale": "de", "field": "title", "text": "Ein Becher"}
  {"op": "translationSet", "of": "option:Size", "locale": "de", "field": "value:Large", "text": "Groß"}
  {"op": "translationRemove", "product": "mug", "locale": "de", "field": "title"}
  {"op": "variantDelete", "sku": "BOWL-L"}
  {"op": "productDelete", "slug": "mug"}
  {"op": "categoryDelete", "slug": "mugs", "moveProductsTo": "kitchen"}

  vitrine bulk run operations.jsonl --dry-run   try every line by itself, and take it back
  vitrine bulk run operations.jsonl --results results.jsonl"#;

/// Does a file of operations, and waits for it. What becomes of it when this is stopped halfway, the shop's worker
/// finishes: no line is done twice.
///
/// Lines that are refused are told on standard error, and end the command with exit code 1.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The file; `-` is standard input.
    #[arg(value_name = "FILE.jsonl")]
    file: PathBuf,
    /// Tries every line by itself, and takes it back.
    #[arg(long)]
    dry_run: bool,
    /// Where to write what became of each line, as JSON lines.
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
}

/// How many refused lines are told.
const TOLD_MAX: usize = 20;

impl Bulk {
    pub(super) async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let (shop, context) = (&booted.shop, Context::system(&booted.shop, "bulk"));
        match self {
            Self::Run(run) => run.run(booted).await,
            Self::Results { id } => {
                let pieces = bulk::results(shop.clone(), &context, id).await.map_err(plain)?;
                pin_mut!(pieces);
                while let Some(piece) = pieces.next().await {
                    print::bytes(&piece?)?;
                }
                Ok(ExitCode::SUCCESS)
            }
            Self::Cancel { id } => {
                let row = bulk::cancel(shop, &context, id).await.map_err(plain)?;
                print::line(format_args!(
                    "Stopped after {} of {} lines.",
                    row.lines_done, row.line_count
                ))?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

impl Run {
    async fn run(self, booted: &Booted) -> anyhow::Result<ExitCode> {
        let (shop, context) = (&booted.shop, Context::system(&booted.shop, "bulk"));
        let (file_name, content) = read(&self.file, shop.settings.bulk.bytes_max)?;
        // Before anything is done: what cannot be written is said while nothing has changed.
        let results = self.results.as_deref().map(open).transpose()?;
        let start = BulkStart {
            file_name,
            content,
            dry_run: self.dry_run,
            by_job: false,
        };
        let started = bulk::start(shop, &context, start).await.map_err(plain)?;
        let (id, bar) = (started.id, bar("lines"));
        let progress = |row: &bulk_operation::Model| tell(&bar, row.lines_done as u64, row.line_count as u64);
        let row = bulk::run_here(shop, &context, started, progress).await.map_err(plain)?;
        bar.finish_and_clear();
        tell_results(booted, &context, id, results).await?;
        let verb = if self.dry_run { "would be done" } else { "were done" };
        print::line(format_args!(
            "{id}: {} of {} lines {verb}, {} were refused.",
            row.succeeded, row.line_count, row.failed
        ))?;
        Ok(match (row.failed, row.status) {
            (0, BulkStatus::Done) => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        })
    }
}

/// Opens the file of the results, and makes it and its folder where they are not there. What it holds stays until there is more.
fn open(path: &Path) -> anyhow::Result<File> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
    }
    let opened = File::options().write(true).create(true).truncate(false).open(path);
    opened.with_context(|| format!("opening {}", path.display()))
}

/// Writes what became of each line where that is wanted, and tells the first that were refused.
async fn tell_results(
    booted: &Booted,
    context: &Context,
    id: BulkOperationId,
    mut file: Option<File>,
) -> anyhow::Result<()> {
    let pieces = bulk::results(booted.shop.clone(), context, id).await.map_err(plain)?;
    pin_mut!(pieces);
    // A pipe has nothing to be emptied of.
    if let Some(file) = file
        .as_ref()
        .filter(|file| file.metadata().is_ok_and(|about| about.is_file()))
    {
        file.set_len(0).context("emptying the file of results")?;
    }
    let mut told = 0;
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        if let Some(file) = &mut file {
            file.write_all(&piece).context("writing the results")?;
        }
        for line in String::from_utf8_lossy(&piece).lines() {
            if told < TOLD_MAX && line.contains("\"ok\":false") {
                writeln!(io::stderr(), "{line}")?;
                told += 1;
            }
        }
    }
    Ok(())
}

/// The file's name and content: at most one byte more than is taken, of which the use case tells.
fn read(file: &Path, bytes_max: u64) -> anyhow::Result<(String, Vec<u8>)> {
    let mut content = Vec::new();
    if file == Path::new("-") {
        let input = io::stdin().lock();
        input.take(bytes_max + 1).read_to_end(&mut content)?;
        return Ok(("standard input".to_owned(), content));
    }
    let name = file.display();
    let opened = File::open(file).with_context(|| format!("opening {name}"))?;
    opened
        .take(bytes_max + 1)
        .read_to_end(&mut content)
        .with_context(|| format!("reading {name}"))?;
    let name = file.file_name().unwrap_or(file.as_os_str());
    Ok((name.to_string_lossy().into_owned(), content))
}

/// What is refused is said as it is; a fault with its causes.
fn plain(error: Error) -> anyhow::Error {
    match error {
        refused @ Error::Refused(_) => anyhow::anyhow!("{refused}"),
        fault => fault.into(),
    }
}
