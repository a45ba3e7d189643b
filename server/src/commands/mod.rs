//! The program's commands, one a file. Without one, the shop is opened.

mod audit;
mod backup;
pub mod banner;
mod bulk;
mod demo;
mod doctor;
mod export;
mod health;
mod import;
mod init;
mod keys;
mod ledger;
mod migrate;
mod moving;
mod print;
mod progress;
mod rates;
mod reindex;
mod restore;
mod schema;
mod seed;
mod serve;
mod shop;
mod staff;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{CommandFactory, Parser, Subcommand};
use vitrine_adapters::{
    boot::{self, Booted},
    config::Config,
    telemetry,
};

/// A storefront server: one GraphQL API for shoppers and staff, and everything behind it.
///
/// Without a command it opens the shop. Without a configuration it needs nothing but itself: an
/// SQLite file, a search index beside it, mails in a folder, a payment provider that takes no
/// money, and a demo catalogue. `vitrine init` begins a shop of your own.
#[derive(Debug, Parser)]
#[command(name = "vitrine", version, after_help = EXAMPLES)]
struct Arguments {
    /// The configuration file; by default vitrine.toml, if there is one. vitrine.example.toml
    /// describes every key. A variable VITRINE_DATABASE__URL stands for `url` in `[database]`.
    #[arg(long, global = true, value_name = "FILE", env = "VITRINE_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  vitrine                                       open the shop at http://127.0.0.1:8080
  vitrine init                                  begin a shop of your own, in an empty folder
  vitrine --config shop.toml                    open it as a file says
  vitrine import products.csv --dry-run         what would this file change, and what is wrong with it?
  vitrine import --what orders orders.csv       another shop's orders, as history
  vitrine export products > products.csv        the catalogue, as import reads it
  vitrine staff create --email ada@example.com --name 'Ada' --role administrator
  vitrine schema > schema.graphql               the API, for code generators";

#[derive(Debug, Subcommand)]
enum Command {
    /// Opens the shop (also without a command): the API, and without Redis its worker, too.
    Serve,
    Migrate(migrate::Migrate),
    // The largest by far, and rare.
    Init(Box<init::Init>),
    /// Fills an empty catalogue with the demo shop.
    Seed,
    /// The demo shop.
    #[command(subcommand)]
    Demo(demo::Demo),
    Import(import::Import),
    Export(export::Export),
    #[command(subcommand)]
    Bulk(bulk::Bulk),
    /// The shop as a file: exported, compared, applied.
    #[command(subcommand)]
    Shop(shop::Shop),
    Rates(rates::Rates),
    /// Builds the search index anew, beside the one in use, which answers until then.
    Reindex,
    Ledger(ledger::Ledger),
    Audit(audit::Audit),
    /// Prints the API's schema (SDL). Needs no database and no configuration.
    Schema,
    /// Writes what events look like, as JSON Schema and AsyncAPI, into a folder. Needs neither, too.
    EventSchema {
        /// Where `schema.json` and `asyncapi.json` are written.
        folder: PathBuf,
    },
    /// The keys that sign access tokens.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Who works here.
    #[command(subcommand)]
    Staff(staff::Staff),
    Health(health::Health),
    Backup(backup::Backup),
    Restore(restore::Restore),
    Doctor(doctor::Doctor),
}

/// What the program understands.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the program.
pub async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = run(arguments).await;
    telemetry::send_traces().await;
    match outcome {
        Ok(code) => code,
        Err(error) if print::nobody_reads(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "vitrine: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    // These run where there is no configuration, or a broken one; the first makes one.
    let command = match arguments.command.unwrap_or(Command::Serve) {
        Command::Init(init) => return init.run(arguments.config).await,
        Command::Schema => return schema::run(),
        Command::EventSchema { folder } => return schema::events(&folder),
        Command::Health(health) if health.url.is_some() => return health.run(None).await,
        command => command,
    };
    let config = Config::load(arguments.config.as_deref())?;
    let _log = telemetry::start(&config, "vitrine")?;
    match command {
        Command::Serve => serve::run(&config).await,
        Command::Migrate(migrate) => migrate.run(&config).await,
        Command::Backup(backup) => backup.run(&config).await,
        Command::Restore(restore) => restore.run(&config).await,
        Command::Seed => seed::run(&open(&config).await?).await,
        Command::Bulk(bulk) => bulk.run(&open(&config).await?).await,
        Command::Export(export) => export.run(&open(&config).await?).await,
        Command::Import(import) => import.run(&open(&config).await?, &config).await,
        Command::Shop(shop) => shop.run(&open(&config).await?).await,
        Command::Rates(rates) => rates.run(&open(&config).await?).await,
        Command::Reindex => reindex::run(&open(&config).await?, &config).await,
        Command::Ledger(ledger) => ledger.run(&open(&config).await?).await,
        Command::Init(init) => init.run(arguments.config).await,
        Command::Keys(keys) => keys.run(&open(&config).await?).await,
        Command::Audit(audit) => audit.run(&open(&config).await?).await,
        Command::Schema => schema::run(),
        Command::EventSchema { folder } => schema::events(&folder),
        Command::Demo(demo) => demo.run(&open(&config).await?).await,
        Command::Staff(staff) => staff.run(&open(&config).await?, &config).await,
        Command::Health(health) => health.run(Some(&config)).await,
        Command::Doctor(doctor) => doctor.run(&config).await,
    }
}

async fn open(config: &Config) -> anyhow::Result<Booted> {
    boot::boot(config).await
}
