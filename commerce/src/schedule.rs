//! What is done by the clock: one table, which every worker runs through. A task that one worker does for
//! all claims its turn in the database ([`tick`](crate::tick)); the others do no harm when they are done by
//! several at once.

use std::time::{Duration, Instant};

use futures::future::BoxFuture;

use crate::{
    Error, Result, Shop,
    catalog::{index, list, sales},
    companies::account,
    credit,
    customers::keys,
    fulfilment::parcels,
    orders, outbox,
    payments::reconciliation,
    retention, settings, work,
};

/// How often lost jobs are looked for.
const SWEEP_PERIOD: Duration = Duration::from_secs(5);

/// How often what was sold is counted, and comes into the lists of what sells best.
const SALES_PERIOD: Duration = Duration::from_secs(5);

/// How often it is asked whether something is due that one worker does for all.
pub const DUE_PERIOD: Duration = Duration::from_secs(60);

/// How long a task may take. A connection may die without a word, and whoever waits for its answer would
/// wait for ever.
const RUN_MAX: Duration = Duration::from_secs(60);

/// How long all orders may be asked what they sold.
const RECOUNT_MAX: Duration = Duration::from_secs(3600);

/// How long the building of a search index may take.
const REINDEX_MAX: Duration = Duration::from_secs(3600);

/// Something that is done again and again.
#[derive(Clone, Copy)]
pub struct Task {
    /// What it does, for the log.
    pub name: &'static str,
    pub period: Duration,
    /// How long one run may take.
    pub run_max: Duration,
    pub run: fn(&Shop) -> BoxFuture<'_, Result<(), Error>>,
}

/// All of them. `search_check` says how often the search index is looked at.
pub fn tasks(search_check: Duration) -> [Task; 15] {
    let task = |name, period, run| Task {
        name,
        period,
        run_max: RUN_MAX,
        run,
    };
    [
        task("sweeping lost jobs", SWEEP_PERIOD, |shop| Box::pin(sweep(shop))),
        task("looking for missing jobs", DUE_PERIOD, |shop| {
            Box::pin(make_missing(shop))
        }),
        task("forgetting what is over", DUE_PERIOD, |shop| Box::pin(forget(shop))),
        task("making orders findable", DUE_PERIOD, |shop| {
            Box::pin(orders::desk::fill_missing(shop))
        }),
        task("following parcels whose number came late", DUE_PERIOD, |shop| {
            Box::pin(parcels::follow_early(shop))
        }),
        task("counting sales", SALES_PERIOD, |shop| Box::pin(count_sales(shop))),
        Task {
            run_max: RECOUNT_MAX,
            ..task("counting sales anew", DUE_PERIOD, |shop| {
                Box::pin(sales::recount_if_due(shop))
            })
        },
        task("replacing old signing keys", DUE_PERIOD, |shop| {
            Box::pin(keys::rotate_if_due(shop))
        }),
        task("starting reconciliations", DUE_PERIOD, |shop| {
            Box::pin(reconciliation::start_due(shop))
        }),
        task(
            "ending gift cards whose time is over, and reminding of it",
            DUE_PERIOD,
            |shop| Box::pin(expire_credit(shop)),
        ),
        Task {
            run_max: RECOUNT_MAX,
            ..task("checking the books of credit", DUE_PERIOD, |shop| {
                Box::pin(check_credit(shop))
            })
        },
        task("reminding of what is late", DUE_PERIOD, |shop| {
            Box::pin(account::remind(shop))
        }),
        task("fetching exchange rates", DUE_PERIOD, |shop| {
            Box::pin(settings::rates::fetch_if_due(shop))
        }),
        task("counting products", DUE_PERIOD, |shop| {
            Box::pin(list::recount_if_due(shop))
        }),
        Task {
            run_max: REINDEX_MAX,
            ..task("checking the search index", search_check, |shop| {
                Box::pin(rebuild_index(shop))
            })
        },
    ]
}

async fn sweep(shop: &Shop) -> Result<()> {
    let lost = outbox::sweep(shop).await?;
    if lost > 0 {
        tracing::info!(
            lost,
            "jobs that were handed over and never finished are handed over again"
        );
    }
    Ok(())
}

async fn check_credit(shop: &Shop) -> Result<()> {
    credit::check_if_due(shop).await.map(|_| ())
}

async fn expire_credit(shop: &Shop) -> Result<()> {
    let ended = credit::expire_if_due(shop).await?;
    if ended > 0 {
        tracing::info!(ended, "gift cards have expired with money on them");
    }
    credit::remind_if_due(shop).await.map(|_| ())
}

async fn count_sales(shop: &Shop) -> Result<()> {
    sales::count(shop).await.map(|_| ())
}

async fn make_missing(shop: &Shop) -> Result<()> {
    work::make_missing(shop).await.map(|_| ())
}

async fn forget(shop: &Shop) -> Result<()> {
    if let Some(forgotten) = retention::forget(shop).await? {
        tracing::debug!(?forgotten, "what was over is forgotten");
    }
    Ok(())
}

/// Builds the search index where the engine is new or has lost something, and once a day. Several workers
/// may do so at once: each builds a whole one, and the last that is published stays.
async fn rebuild_index(shop: &Shop) -> Result<()> {
    if !index::needs_rebuild(shop).await? {
        return Ok(());
    }
    tracing::info!("the search index is built anew");
    let started = Instant::now();
    let products = index::reindex(shop, |_, _| ()).await?;
    tracing::info!(
        products,
        elapsed_ms = started.elapsed().as_millis() as u64,
        "the search index is built"
    );
    Ok(())
}
