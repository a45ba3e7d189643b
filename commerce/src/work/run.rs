//! Runs one job: claims it, leads to its handler, and writes down what it met.

use chrono::TimeDelta;
use futures::future::BoxFuture;
use sea_orm::QueryResult;
use tracing::Instrument;
use vitrine_entity::{
    ids::OutboxId,
    outbox::{self, Queue},
};

use super::failure::{ATTEMPTS_MAX, record_failure};
use crate::{
    Context, Error, Fault, Result, Shop, Tx, back_in_stock, bulk, catalog, discounts, documents, exports, fulfilment,
    imports,
    jobs::{Job, JobError, MailKind},
    legacy, mail, media, metrics, orders,
    outbox::{Lease, lease},
    payments::{self, attempts::process::Begun},
    privacy, push, returns, sms,
    trace::{self, Origin},
    transaction::doing_at_once,
    webhooks, withdrawals,
};

/// How long a job that this version cannot read is left to a newer one, which may stand beside it while
/// the shop is upgraded, and how long this one looks elsewhere meanwhile.
const UPGRADE_MAX: TimeDelta = TimeDelta::hours(24);
const UPGRADE_PAUSE: TimeDelta = TimeDelta::seconds(20);

/// Runs the job `id` if it is due and nobody else has it; a second delivery does nothing.
///
/// # Errors
/// Only when the database fails: what the job itself meets is written to its row.
pub async fn run(shop: &Shop, id: OutboxId) -> Result<()> {
    run_of(shop, None, id).await
}

/// As [`run`], for whoever knows of which queue it is.
///
/// # Errors
/// As [`run`].
pub async fn run_of(shop: &Shop, queue: Option<Queue>, id: OutboxId) -> Result<()> {
    let Some((row, begun)) = claim(shop, queue, id).await? else {
        return Ok(());
    };
    // The ids of the request that made the job: its trace goes on here, and into the adapters.
    let trace = trace::begin(Origin::Ours, row.traceparent.as_deref(), &|trace_id| {
        tracing::info_span!(
            "run",
            correlation_id = row.correlation_id,
            trace_id,
            job = row.job["job"].as_str()
        )
    });
    if trace.is_recorded {
        trace.span.in_scope(|| note(shop, &row));
    }
    let row = outbox::Model {
        traceparent: trace.traceparent,
        ..row
    };
    run_claimed(shop, row, begun).instrument(trace.span).await
}

/// What a trace tells of a run besides its job's name.
fn note(shop: &Shop, row: &outbox::Model) {
    trace::note("queue", metrics::label(&row.queue));
    trace::note("attempt", row.attempts);
    trace::note("waited_ms", (shop.now() - row.run_at).num_milliseconds());
    if let Some(order) = row.order_id {
        trace::note(trace::ORDER_ID, order);
    }
}

/// Claims a job, and begins it in the same transaction where it may be a payment that is to be charged. Whatever goes
/// wrong with that is met once more, and counted, by the job itself.
async fn claim(shop: &Shop, queue: Option<Queue>, id: OutboxId) -> Result<Option<(outbox::Model, Option<Begun>)>> {
    if queue.is_none_or(|queue| queue == Queue::Payment) {
        match lease::claim_and(shop, id, &payments::BESIDE_JOB, begin).await {
            Ok(claimed) => return Ok(claimed),
            Err(error) => tracing::debug!(error = &error as &dyn std::error::Error, "a job is claimed by itself"),
        }
    }
    Ok(lease::claim(shop, id).await?.map(|row| (row, None)))
}

async fn begin(tx: Tx, job: outbox::Model, beside: QueryResult) -> Result<Option<Begun>> {
    match serde_json::from_value(job.job) {
        Ok(Job::ProcessPayment { .. }) if job.attempts == 1 => {
            let context = Context::system(tx.shop(), job.correlation_id);
            payments::attempts::process::begin(&tx, &context, &beside)
        }
        _ => Ok(None),
    }
}

async fn run_claimed(shop: &Shop, row: outbox::Model, begun: Option<Begun>) -> Result<()> {
    let lease = Lease::from(&row);
    let context = Context {
        traceparent: row.traceparent.clone(),
        ..Context::system(shop, row.correlation_id.clone())
    };
    let job: Job = match serde_json::from_value(row.job.clone()) {
        Ok(job) => job,
        Err(error) => {
            let error = Error::from(Fault::other("reading a job", error));
            let error = match shop.now() - row.created_at < UPGRADE_MAX {
                true => JobError::Outage {
                    error,
                    pause: UPGRADE_PAUSE,
                },
                false => JobError::Bury(error),
            };
            return record_failure(shop, &context, &row, None, error).await;
        }
    };
    if row.attempts > ATTEMPTS_MAX {
        // It never came back from its last attempt: it may have taken its worker with it.
        let error = Fault::Other("the job's last attempt did not return".to_owned(), None);
        return record_failure(shop, &context, &row, Some(&job), JobError::Bury(error.into())).await;
    }
    let started = std::time::Instant::now();
    let outcome = doing_at_once(at_once, perform(shop, &context, &job, &lease, begun)).await;
    metrics::job_took(row.queue, started.elapsed());
    match outcome {
        Ok(()) => {
            metrics::job(row.queue, job.name(), "done");
            tracing::debug!(elapsed_ms = started.elapsed().as_millis() as u64, "job done");
            Ok(())
        }
        Err(error) => record_failure(shop, &context, &row, Some(&job), error).await,
    }
}

/// What follows from a job within its own transaction.
fn at_once<'a>(tx: &'a Tx, job: &'a Job) -> BoxFuture<'a, Result<bool>> {
    match job {
        Job::DeductStock { order } => Box::pin(fulfilment::deduct_stock::within(tx, *order)),
        _ => Box::pin(std::future::ready(Ok(false))),
    }
}

/// Does `job`. Whoever calls it holds the job's `lease`; the handler finishes it. On the heap each: together they would
/// take more of a stack than a thread of a development build has.
fn perform<'a>(
    shop: &'a Shop,
    context: &'a Context,
    job: &'a Job,
    lease: &'a Lease,
    begun: Option<Begun>,
) -> BoxFuture<'a, Result<(), JobError>> {
    match job {
        Job::ProcessPayment { payment } => {
            Box::pin(payments::attempts::process::run(shop, context, lease, *payment, begun))
        }
        Job::SettlePayment { payment } => Box::pin(payments::attempts::settle::run(shop, context, lease, *payment)),
        Job::CheckPayment { payment } => Box::pin(payments::attempts::check::run(shop, context, lease, *payment)),
        Job::VoidPayment { payment } => Box::pin(payments::attempts::void::run(shop, context, lease, *payment)),
        Job::RefundPayment { refund } => Box::pin(payments::transfers::refund::run::run(shop, context, lease, *refund)),
        Job::CapturePayment { capture } => {
            Box::pin(payments::transfers::capture::run::run(shop, context, lease, *capture))
        }
        Job::WatchAuthorization { payment } => Box::pin(payments::attempts::watch::run(shop, context, lease, *payment)),
        Job::DetachPaymentMethod { method } => Box::pin(payments::saved::detach::run(shop, context, lease, *method)),
        Job::CheckPaymentMethod { method } => Box::pin(payments::saved::check::method(shop, context, lease, *method)),
        Job::CheckProviderCustomer { customer } => {
            Box::pin(payments::saved::check::customer(shop, context, lease, *customer))
        }
        Job::DeleteProviderCustomer { customer } => {
            Box::pin(payments::saved::delete_customer::run(shop, context, lease, *customer))
        }
        Job::ReconcilePayments { reconciliation } => Box::pin(payments::reconciliation::run::run(
            shop,
            context,
            lease,
            *reconciliation,
        )),
        Job::RepairFinding { finding } => {
            Box::pin(payments::reconciliation::repair::run(shop, context, lease, *finding))
        }
        Job::ExpireOrder { order } => Box::pin(fulfilment::expire::run(shop, context, lease, *order)),
        Job::DeductStock { order } => Box::pin(fulfilment::deduct_stock::run(shop, context, lease, *order)),
        Job::MakeDocuments { order } => Box::pin(documents::make::run(shop, context, lease, *order)),
        Job::SettleWithdrawal { withdrawal } => Box::pin(withdrawals::settle::run(shop, context, lease, *withdrawal)),
        Job::EndExchange { order } => Box::pin(returns::unpaid::run(shop, context, lease, *order)),
        Job::ReopenReturn { refund } => Box::pin(returns::refund_failed::run(shop, context, lease, *refund)),
        Job::FillBackorders { variant } => Box::pin(fulfilment::fill_backorders::run(shop, context, lease, *variant)),
        Job::FollowPaidBack { order } => Box::pin(fulfilment::paid_back::run(shop, context, lease, *order)),
        Job::HandOverLabel { shipment } => Box::pin(fulfilment::parcels::hand_over_label::run(
            shop, context, lease, *shipment,
        )),
        Job::SyncLegacyOrder { legacy } => Box::pin(legacy::run(shop, context, lease, *legacy)),
        Job::SendOrderMail { order, event } => Box::pin(mail::run_for_entry(shop, lease, *order, *event)),
        Job::SendOrderSms { order, event } => Box::pin(sms::run(shop, context, lease, *order, *event)),
        Job::SendOrderPush {
            order,
            subscription,
            event,
        } => Box::pin(push::run(shop, context, lease, (*subscription, *order, *event))),
        Job::SendMail { mail } => Box::pin(mail::run(shop, lease, *mail)),
        Job::SendLowStockMail { variant } => Box::pin(mail::run(shop, lease, MailKind::LowStock { variant: *variant })),
        Job::AdoptOrders { customer } => Box::pin(orders::adopt::run(shop, context, lease, *customer)),
        Job::TellBackInStock { variant } => Box::pin(back_in_stock::tell::run(shop, context, lease, *variant)),
        Job::FetchPictures { .. } => Box::pin(media::import::run(shop, context, lease)),
        Job::PublishEvents { .. } => Box::pin(webhooks::publish::run(shop, context, lease)),
        Job::StreamEvents { .. } => Box::pin(webhooks::stream::run(shop, context, lease)),
        Job::DeliverWebhooks { endpoint } => Box::pin(webhooks::deliver::run(shop, context, lease, *endpoint)),
        Job::IndexProducts { products } => Box::pin(catalog::index::run(shop, context, lease, products)),
        Job::IndexCategories { categories, after } => {
            Box::pin(catalog::index::run_categories(shop, context, lease, categories, *after))
        }
        Job::IndexCollection { collection, after } => Box::pin(catalog::index::run_collection(
            shop,
            context,
            lease,
            *collection,
            *after,
        )),
        Job::IndexLocation { location, after } => {
            Box::pin(catalog::index::run_location(shop, context, lease, *location, *after))
        }
        Job::PriceProducts { after } => Box::pin(catalog::index::run_prices(shop, context, lease, *after)),
        Job::ApplyPriceSchedule { schedule } => {
            Box::pin(catalog::price_schedules::run(shop, context, lease, *schedule))
        }
        Job::PushSynonyms {} => Box::pin(catalog::synonyms::run(shop, context, lease)),
        Job::RunBulkOperation { bulk } => Box::pin(bulk::run(shop, context, lease, *bulk)),
        Job::ImportProducts { import } => Box::pin(imports::run(shop, context, lease, *import)),
        Job::WritePersonExport { export } => Box::pin(privacy::export::run(shop, context, lease, *export)),
        Job::ErasePerson { erasure } => Box::pin(privacy::erasure::run(shop, context, lease, *erasure)),
        Job::WriteExport { export } => Box::pin(exports::run(shop, context, lease, *export)),
        Job::MakeDiscountCodes { batch } => Box::pin(discounts::batches::run(shop, context, lease, *batch)),
        Job::RefileProducts { category } => Box::pin(catalog::categories::refile::run(shop, context, lease, *category)),
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, EntityTrait};
    use vitrine_entity::outbox::OutboxState;

    use super::*;
    use crate::memory::fixture;

    #[tokio::test]
    async fn a_job_of_a_newer_version_is_left_to_it_for_a_day() {
        let fixture = fixture().await;
        let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
        let written = shop.transact(&context, |tx| async move {
            tx.enqueue(None, Job::IndexProducts { products: Vec::new() });
            Ok(())
        });
        written.await.unwrap();
        let newer = "update outbox set job = '{\"job\":\"from_a_newer_version.v7\"}'";
        shop.db.execute_unprepared(newer).await.unwrap();
        let row = async || outbox::Entity::find().one(&shop.db).await.unwrap().unwrap();
        for _ in 0..3 {
            run(shop, row().await.id).await.unwrap();
            assert_eq!(row().await.state, OutboxState::Ready);
            fixture.clock.advance(UPGRADE_PAUSE);
        }
        fixture.clock.advance(UPGRADE_MAX);
        run(shop, row().await.id).await.unwrap();
        assert_eq!(row().await.state, OutboxState::Buried);
    }
}
