//! What the shop itself has found of its jobs and books, and whether its stock is explained.

use chrono::TimeDelta;
use vitrine_commerce::{
    Shop,
    error::causes,
    gauges::{self, Gauges},
    inventory,
    payments::CircuitState,
};
use vitrine_entity::outbox::OutboxState;

use super::report::Report;

/// A job that is due for longer finds nobody who works.
const WAITING_MAX: TimeDelta = TimeDelta::minutes(10);

pub(super) async fn look(shop: &Shop, report: &mut Report<'_>) -> anyhow::Result<()> {
    match gauges::read(shop).await {
        Ok(gauges) => {
            jobs(&gauges, report)?;
            payments(&gauges, report)?;
            credit(&gauges, report)?;
            legacy(&gauges, report)?;
        }
        Err(error) => report.warning("jobs", causes(&error), "see above: does the database answer?")?,
    }
    stock(shop, report).await
}

fn jobs(gauges: &Gauges, report: &mut Report<'_>) -> anyhow::Result<()> {
    let buried: i64 = gauges
        .jobs
        .iter()
        .filter(|(_, state, _)| *state == OutboxState::Buried)
        .map(|(_, _, jobs)| jobs)
        .sum();
    if buried > 0 {
        report.warning(
            "jobs",
            format!("{buried} have failed for good"),
            "docs/runbooks/backlog.md#buried-jobs",
        )?;
    }
    let longest = gauges.waiting.iter().max_by_key(|(_, waiting)| *waiting);
    match longest {
        Some((queue, waiting)) if *waiting > WAITING_MAX => report.wrong(
            "jobs",
            format!("one of {queue:?} is due for {} minutes", waiting.num_minutes()),
            "start a worker (embedded, the shop itself); docs/runbooks/backlog.md",
        ),
        _ => report.ok("jobs", "what is due is being done"),
    }
}

fn payments(gauges: &Gauges, report: &mut Report<'_>) -> anyhow::Result<()> {
    for provider in &gauges.providers {
        if provider.circuit != CircuitState::Closed {
            report.warning(
                "payment",
                format!("{} failed of late and is called with care", provider.name),
                "docs/runbooks/provider-outage.md",
            )?;
        }
    }
    let open: i64 = gauges.payment_findings_open.iter().map(|(_, open)| open).sum();
    match open {
        0 => report.ok("books", "no difference to a provider's books is open"),
        _ => report.wrong(
            "books",
            format!("{open} differences to a provider's books are open"),
            "docs/runbooks/duplicates-suspected.md",
        ),
    }
}

fn credit(gauges: &Gauges, report: &mut Report<'_>) -> anyhow::Result<()> {
    let of_payments: i64 = gauges.payment_findings_open.iter().map(|(_, open)| open).sum();
    match gauges.findings_open - of_payments {
        0 => report.ok("books", "gift cards and store credit agree with their entries"),
        open => report.wrong(
            "books",
            format!("{open} differences in gift cards and store credit are open"),
            "look at `creditFindings`, and decide each",
        ),
    }
}

/// Of a shop that is moved to from an older system.
fn legacy(gauges: &Gauges, report: &mut Report<'_>) -> anyhow::Result<()> {
    match gauges.legacy_findings_open {
        0 => Ok(()),
        open => report.wrong(
            "books",
            format!("the older system says otherwise of {open} orders"),
            "docs/runbooks/older-system.md",
        ),
    }
}

async fn stock(shop: &Shop, report: &mut Report<'_>) -> anyhow::Result<()> {
    let remedy = "look at its entries (`stockEntries`), count what lies there, and correct it by `inventoryAdjust`";
    match inventory::unexplained(shop).await {
        Ok(none) if none.is_empty() => report.ok("books", "the ledger explains all stock"),
        Ok(found) => {
            for level in found {
                report.wrong("books", format!("stock: {level}"), remedy)?;
            }
            Ok(())
        }
        Err(error) => report.warning(
            "books",
            format!("stock: {}", causes(&error)),
            "look again when less is sold",
        ),
    }
}
