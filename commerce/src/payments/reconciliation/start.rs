//! Begins a run: once a day for each provider that keeps books, or when staff ask.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::ReconciliationId,
    reconciliation::{self, ReconciliationPhase, ReconciliationStatus},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    jobs::Job,
    language::{Message, messages},
    ports::payment::Settlement,
    staff::{
        audit,
        permission::{self, Permission},
    },
    tick,
    transaction::is_unique_violation,
};

/// How often a provider's books are compared, and how far back: what a run misses, the next ones
/// meet.
const PERIOD: TimeDelta = TimeDelta::days(1);
const LOOKED_BACK: TimeDelta = TimeDelta::days(3);

/// The longest period that staff can ask for.
const LENGTH_MAX: TimeDelta = TimeDelta::days(31);

/// Whose books to compare, and which part of them.
#[derive(Debug, Clone)]
pub struct StartReconciliation {
    pub provider: String,
    pub since: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

/// Begins a run. One goes on for a provider at a time: asked for the same period again while it
/// does, it is answered with that one.
///
/// # Errors
/// Refuses a provider that keeps no books, a period of more than 31 days or that is not over, and
/// another period while a run goes on.
pub async fn start(shop: &Shop, context: &Context, input: StartReconciliation) -> Result<reconciliation::Model> {
    permission::require(context, Permission::Payments)?;
    check(shop, &input)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        if let Some(running) = running(&tx, &input.provider).await? {
            if (running.since, running.until) == (input.since, input.until) {
                return Ok(running);
            }
            return Err(is_running().into());
        }
        let run = begin(&tx, &input.provider, input.since, input.until).await?;
        let data = json!({ "provider": run.provider, "since": run.since, "until": run.until });
        audit(&tx, "reconciliation.start", run.id.to_string(), data).await?;
        Ok(run)
    })
    .await
}

fn check(shop: &Shop, input: &StartReconciliation) -> Result<(), Refusal> {
    let refused = |message: Message, field: &str| Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]));
    let keeps_books = |name: &str| {
        let provider = shop.payment_providers.get(name);
        provider.is_some_and(|provider| provider.settlement() == Settlement::ByProvider)
    };
    if !keeps_books(&input.provider) {
        return refused(messages::provider_keeps_no_books(), "provider");
    }
    if input.until > shop.now() {
        return refused(messages::until_in_future(), "until");
    }
    if input.since >= input.until || input.until - input.since > LENGTH_MAX {
        return refused(messages::since_before_until(), "since");
    }
    Ok(())
}

fn is_running() -> Refusal {
    let message = messages::reconciliation_under_way();
    Refusal::new(ErrorCode::PaymentState, message).at(&["provider"])
}

async fn running(tx: &Tx, provider: &str) -> Result<Option<reconciliation::Model>> {
    Ok(reconciliation::Entity::find()
        .filter(reconciliation::Column::Provider.eq(provider))
        .filter(reconciliation::Column::Status.eq(ReconciliationStatus::Running))
        .one(tx.db())
        .await?)
}

async fn begin(tx: &Tx, provider: &str, since: DateTime<Utc>, until: DateTime<Utc>) -> Result<reconciliation::Model> {
    let row = reconciliation::ActiveModel {
        id: Set(ReconciliationId(tx.shop().new_id())),
        provider: Set(provider.to_owned()),
        since: Set(since),
        until: Set(until),
        status: Set(ReconciliationStatus::Running),
        phase: Set(ReconciliationPhase::Statement),
        page_cursor: Set(None),
        tries: Set(0),
        matched: Set(0),
        foreign_charges: Set(0),
        missing_here: Set(0),
        missing_there: Set(0),
        different: Set(0),
        unanswered: Set(0),
        error: Set(None),
        error_said: Set(None),
        actor: Set(tx.context().viewer.actor()),
        created_at: Set(tx.shop().now()),
        finished_at: Set(None),
    };
    match reconciliation::Entity::insert(row).exec_with_returning(tx.db()).await {
        Ok(run) => {
            tx.enqueue(None, Job::ReconcilePayments { reconciliation: run.id });
            Ok(run)
        }
        Err(error) if is_unique_violation(&error) => Err(is_running().into()),
        Err(error) => Err(error.into()),
    }
}

/// Begins what is due by the clock. However many workers ask, each provider's run begins once.
pub async fn start_due(shop: &Shop) -> Result<()> {
    for (name, provider) in &shop.payment_providers {
        if provider.settlement() == Settlement::ByProvider {
            let context = Context::system(shop, shop.new_id().to_string());
            shop.transact(&context, |tx| async move { tick(&tx, name).await })
                .await?;
        }
    }
    Ok(())
}

async fn tick(tx: &Tx, provider: &str) -> Result<()> {
    if !tick::claim(tx, &format!("reconcile_payments.{provider}"), PERIOD).await? {
        return Ok(());
    }
    match running(tx, provider).await? {
        // Whatever became of its job, it goes on; beside a job that is well, this one leaves.
        Some(run) => tx.enqueue(None, Job::ReconcilePayments { reconciliation: run.id }),
        None => {
            let until = tx.shop().now();
            begin(tx, provider, until - LOOKED_BACK, until).await?;
        }
    }
    Ok(())
}
