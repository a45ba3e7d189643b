//! The benchmark: fills a shop, drives it as front ends and shoppers do, and tells how fast it was, and whether it is
//! sound afterwards.

mod arguments;
mod catalogue;
mod load;
mod memory;
mod report;
mod run;
mod shop;
mod soak;
mod statements;
mod step;
mod usage;
mod verdict;
mod workloads;

use std::{fs::File, io, process::ExitCode};

use anyhow::Context;
use clap::Parser;

use arguments::{Arguments, Part};
use report::Report;
use run::Run;
use shop::Shop;
use soak::Services;
use step::step;

/// What 20,000 connections need, at both ends.
const OPEN_FILES: u64 = 65_536;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    // A socket for each subscriber; the server takes as many as it may by itself.
    raise_open_files().context("raising the limit of open files")?;
    let services = match arguments.soak {
        true => Some(Services::start(&arguments).await?),
        false => None,
    };
    let shop = Shop::open(&arguments, services.as_ref()).await?;
    let report = match &services {
        Some(services) => soak_it(&arguments, &shop, services).await,
        None => measure(&arguments, &shop).await,
    };
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

/// A machine may allow fewer than whoever runs as root may have.
fn raise_open_files() -> io::Result<u64> {
    // Refused to everybody else, who has what the machine allows.
    let _ = rlimit::setrlimit(rlimit::Resource::NOFILE, OPEN_FILES, OPEN_FILES);
    rlimit::increase_nofile_limit(u64::MAX)
}

async fn measure(arguments: &Arguments, shop: &Shop) -> anyhow::Result<Report> {
    step(&format!("filling a shop with {} products", arguments.products));
    let filled = shop.fill(arguments).await?;
    let running = shop.run().await?;
    let mut run = Run {
        arguments,
        address: shop.address,
        report: Report {
            database: database(shop).to_owned(),
            products: filled.products,
            orders: filled.orders,
            import_seconds: filled.import.as_secs_f64(),
            ready_ms: running.ready_in.as_secs_f64() * 1_000.0,
            memory_at_start_mib: running.watched.memory_mib(),
            ..Report::default()
        },
        running,
    };
    run.reads().await?;
    run.purchases().await?;
    run.flash_sale().await?;
    run.subscribers().await?;
    let Run {
        running, mut report, ..
    } = run;
    step("waiting until nothing is due");
    report.rest_ms = verdict::rest(&shop.config).await?.as_secs_f64() * 1_000.0;
    running.stop().await?;
    if arguments.asked(Part::Memory) {
        report.memory = memory::measure(arguments, shop).await?;
    }
    if arguments.asked(Part::Statements) {
        step("counting statements");
        report.statements = statements::statements(shop).await?;
    }
    step("checking the books");
    report.violations = verdict::violations(&shop.config).await?;
    Ok(report)
}

async fn soak_it(arguments: &Arguments, shop: &Shop, services: &Services) -> anyhow::Result<Report> {
    step(&format!("filling a shop with {} products", arguments.products));
    let filled = shop.fill(arguments).await?;
    let running = shop.run().await?;
    let ready_ms = running.ready_in.as_secs_f64() * 1_000.0;
    let memory_at_start_mib = running.watched.memory_mib();
    let soak = soak::soak(arguments, shop, services).await?;
    running.stop().await?;
    step("checking the books");
    Ok(Report {
        database: database(shop).to_owned(),
        products: filled.products,
        orders: filled.orders,
        import_seconds: filled.import.as_secs_f64(),
        ready_ms,
        memory_at_start_mib,
        soak,
        violations: verdict::violations(&shop.config).await?,
        ..Report::default()
    })
}

fn database(shop: &Shop) -> &'static str {
    match shop.config.is_embedded() {
        true => "SQLite, embedded",
        false => "PostgreSQL and Redis",
    }
}
