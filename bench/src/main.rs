//! The benchmark: fills a shop, drives it as front ends and shoppers do, and tells how fast it was, and whether it is
//! sound afterwards.

mod load;
mod report;
mod shop;
mod statements;
mod usage;
mod verdict;
mod workloads;

use std::{
    fs::File,
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use anyhow::Context;
use clap::{Parser, ValueEnum};

use load::{Connection, Workload};
use report::Report;
use shop::{HOT, Running, Shop};
use workloads::Purchases;

/// Fills a shop of its own, measures it, and checks its books.
///
/// The shop runs as its own programs, which must have been built: `bench/run` builds them, and starts a PostgreSQL and
/// a Redis if it is asked to. Without --database-url the shop is embedded: SQLite, one process. Everything runs on
/// this machine, the load too: compare figures of one run with each other, not with those of another machine.
#[derive(Parser)]
#[command(
    after_help = "Examples:\n  bench/run                                  the embedded shop, 1000 products\n  \
                  bench/run --services --products 100000     on PostgreSQL and Redis\n  \
                  bench/run --services --orders 1000000 --only purchases\n  \
                  bench/run --only subscribers --subscribers 1000,10000"
)]
struct Arguments {
    /// How many products the shop sells, beside the demo's.
    #[arg(long, default_value_t = 1_000)]
    products: usize,
    /// How many orders were placed before; PostgreSQL only, where they are copied by SQL.
    #[arg(long, default_value_t = 0)]
    orders: u64,
    /// A PostgreSQL in which a database may be made, as a superuser: postgres://user@host/postgres.
    #[arg(long, value_name = "URL", requires = "redis_url")]
    database_url: Option<String>,
    /// A Redis, for servers and workers as programs of their own.
    #[arg(long, value_name = "URL", requires = "database_url")]
    redis_url: Option<String>,
    /// How long each load lasts.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many visitors there are at once.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64])]
    at_once: Vec<usize>,
    /// How much of what the closed loads reach is asked for at a fixed rate, in percent; 0 asks for none.
    #[arg(long, default_value_t = 50)]
    open_percent: u32,
    /// How many follow their orders live.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000])]
    subscribers: Vec<usize>,
    /// What is measured; everything unless it is given.
    #[arg(long, value_delimiter = ',', value_enum)]
    only: Vec<Part>,
    /// Where the figures are written as JSON, too.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Where `vitrine` and `vitrine-worker` lie; by default beside this program.
    #[arg(long, value_name = "FOLDER")]
    programs: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Listing, product page, search.
    Reads,
    /// From the cart to the payment, of many goods and of one.
    Purchases,
    /// Three shoppers a piece.
    FlashSale,
    /// Streams of order updates.
    Subscribers,
    /// How many statements an operation asks.
    Statements,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    // A socket for each subscriber; the server takes as many as it may by itself.
    rlimit::increase_nofile_limit(u64::MAX).context("raising the limit of open files")?;
    let shop = Shop::open(&arguments).await?;
    let report = measure(&arguments, &shop).await;
    shop.close().await?;
    let report = report?;
    if let Some(file) = &arguments.json {
        serde_json::to_writer_pretty(File::create(file)?, &report)?;
    }
    report.print(&mut io::stdout().lock())?;
    Ok(if report.is_sound() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn measure(arguments: &Arguments, shop: &Shop) -> anyhow::Result<Report> {
    step(&format!("filling a shop with {} products", arguments.products));
    let filled = shop.fill(arguments.products, arguments.orders).await?;
    let running = shop.run().await?;
    let mut report = Report {
        database: if shop.config.is_embedded() {
            "SQLite, embedded"
        } else {
            "PostgreSQL and Redis"
        }
        .to_owned(),
        products: filled.products,
        orders: filled.orders,
        import_seconds: filled.import.as_secs_f64(),
        ready_ms: running.ready_in.as_secs_f64() * 1_000.0,
        memory_at_start_mib: running.watched.memory_mib(),
        ..Report::default()
    };
    let asked = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    if asked(Part::Reads) {
        for read in workloads::reads() {
            read.check(&mut Connection::open(shop.address).await?).await?;
            loads(arguments, shop, &running, &mut report, read.name, &read).await?;
        }
    }
    if asked(Part::Purchases) {
        let many = Purchases::new(shop.address, None).await?;
        loads(arguments, shop, &running, &mut report, "purchase", &many).await?;
        let one = Purchases::new(shop.address, Some(HOT)).await?;
        let at_once = arguments.at_once.iter().copied().max().unwrap_or(1);
        closed(
            arguments,
            shop,
            &running,
            &mut report,
            "purchase of one SKU",
            &one,
            at_once,
        )
        .await?;
    }
    if asked(Part::FlashSale) {
        let at_once = arguments.at_once.iter().copied().max().unwrap_or(1);
        step(&format!("flash sale, {at_once} at once"));
        let before = running.watched.read();
        let samples = workloads::flash_sale(shop.address, at_once).await?;
        let used = running.watched.since(&before);
        report
            .figures
            .push(samples.figures("flash sale, sold", format!("{at_once} at once"), &used));
    }
    if asked(Part::Subscribers) {
        for count in &arguments.subscribers {
            step(&format!("{count} subscribers"));
            let before = running.watched.read();
            let samples = workloads::subscribers(shop.address, *count).await?;
            let used = running.watched.since(&before);
            report
                .figures
                .push(samples.figures("order update", format!("{count} subscribers"), &used));
        }
    }
    step("waiting until nothing is due");
    report.rest_ms = verdict::rest(shop).await?.as_secs_f64() * 1_000.0;
    running.stop().await?;
    if asked(Part::Statements) {
        step("counting statements");
        report.statements = statements::statements(shop).await?;
    }
    step("checking the books");
    report.violations = verdict::violations(shop).await?;
    Ok(report)
}

/// At each number at once, and then at a fixed rate.
async fn loads(
    arguments: &Arguments,
    shop: &Shop,
    running: &Running,
    report: &mut Report,
    what: &str,
    workload: &dyn Workload,
) -> anyhow::Result<()> {
    let mut best = 0.0_f64;
    for at_once in &arguments.at_once {
        closed(arguments, shop, running, report, what, workload, *at_once).await?;
        best = best.max(report.figures.last().map_or(0.0, |figures| figures.per_second));
    }
    if arguments.open_percent > 0 && best > 0.0 {
        let rate = best * f64::from(arguments.open_percent) / 100.0;
        step(&format!("{what}, {rate:.0} a second"));
        let before = running.watched.read();
        let samples = load::open(workload, shop.address, rate, Duration::from_secs(arguments.seconds)).await;
        let used = running.watched.since(&before);
        report
            .figures
            .push(samples.figures(what, format!("{rate:.0} a second"), &used));
    }
    Ok(())
}

async fn closed(
    arguments: &Arguments,
    shop: &Shop,
    running: &Running,
    report: &mut Report,
    what: &str,
    workload: &dyn Workload,
    at_once: usize,
) -> anyhow::Result<()> {
    step(&format!("{what}, {at_once} at once"));
    let before = running.watched.read();
    let samples = load::closed(workload, shop.address, at_once, Duration::from_secs(arguments.seconds)).await;
    let used = running.watched.since(&before);
    report
        .figures
        .push(samples.figures(what, format!("{at_once} at once"), &used));
    Ok(())
}

/// Says what goes on now, where the table does not go.
fn step(what: &str) {
    // Nobody has to listen.
    let _ = writeln!(io::stderr(), "{what}");
}
