//! What is measured, and on what.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};

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
                  bench/run --services --replica --only reads        reads from a standby\n  \
                  bench/run --only subscribers --subscribers 1000,10000\n  \
                  bench/run --only memory --held 10000\n  \
                  bench/run --services --soak                what is promised while something is away"
)]
pub struct Arguments {
    /// How many products the shop sells, beside the demo's.
    #[arg(long, default_value_t = 1_000)]
    pub products: usize,
    /// How many orders were placed before; PostgreSQL only, where they are copied by SQL.
    #[arg(long, default_value_t = 0)]
    pub orders: u64,
    /// A PostgreSQL in which a database may be made, as a superuser: postgres://user@host/postgres.
    #[arg(long, value_name = "URL", requires = "redis_url")]
    pub database_url: Option<String>,
    /// A Redis, for servers and workers as programs of their own.
    #[arg(long, value_name = "URL", requires = "database_url")]
    pub redis_url: Option<String>,
    /// A standby of that PostgreSQL, to read from what may be late: `bench/run --services --replica` starts one.
    #[arg(long, value_name = "URL", requires = "database_url")]
    pub replica_url: Option<String>,
    /// How long each load lasts.
    #[arg(long, default_value_t = 5)]
    pub seconds: u64,
    /// How many visitors there are at once.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 64])]
    pub at_once: Vec<usize>,
    /// How much of what the closed loads reach is asked for at a fixed rate, in percent; 0 asks for none.
    #[arg(long, default_value_t = 50)]
    pub open_percent: u32,
    /// How many pieces the flash sale has; three shoppers come for each.
    #[arg(long, default_value_t = 300)]
    pub sale_pieces: u64,
    /// How many follow their orders live.
    #[arg(long, value_delimiter = ',', default_values_t = [1_000])]
    pub subscribers: Vec<usize>,
    /// How many are connected at once while the server's memory is looked at.
    #[arg(long, default_value_t = 1_000)]
    pub held: usize,
    /// How many sign in at once, for the same.
    #[arg(long, default_value_t = 500)]
    pub sign_ins: usize,
    /// How long a server is left alone before its memory is looked at, in seconds: by default until those who follow orders
    /// have been through a poll.
    #[arg(long, default_value_t = 6)]
    pub rest_seconds: u64,
    /// How long the server may take to give back what it took, in seconds: blocks for passwords are kept for the next for a
    /// minute at most.
    #[arg(long, default_value_t = 65)]
    pub give_back_seconds: u64,
    /// In place of all that: checkouts while one after the other of Redis, a search engine and a mail server is down, and
    /// while the payment provider takes half a minute over each charge. It fails where fewer than 99.9 % succeed, or where the
    /// 95th percentile of placing an order exceeds 900 ms while the provider is slow. Without --redis-url there is no Redis to
    /// be down. None is tried again.
    #[arg(long)]
    pub soak: bool,
    /// How long each of these lasts.
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..))]
    pub soak_seconds: u64,
    /// How many checkouts begin a second.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub soak_rate: u32,
    /// What is measured; everything unless it is given.
    #[arg(long, value_delimiter = ',', value_enum)]
    pub only: Vec<Part>,
    /// Where the figures are written as JSON, too.
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Where `vitrine` and `vitrine-worker` lie; by default beside this program.
    #[arg(long, value_name = "FOLDER")]
    pub programs: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Listing, product page, search.
    Reads,
    /// From the cart to the payment, of many goods and of one.
    Purchases,
    /// Three shoppers a piece.
    FlashSale,
    /// Streams of order updates.
    Subscribers,
    /// What the server holds for connections and sign-ins, and what of it it gives back. Linux only.
    Memory,
    /// How many statements an operation asks.
    Statements,
}

impl Arguments {
    /// Whether this part is to be measured.
    pub fn asked(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }

    /// The most visitors there are at once.
    pub fn at_once_max(&self) -> usize {
        self.at_once.iter().copied().max().unwrap_or(1)
    }
}
