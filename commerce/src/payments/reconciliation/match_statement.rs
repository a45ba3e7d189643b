//! The first phase: looks for each charge of the provider's books in ours.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use vitrine_entity::{
    ids::{PaymentId, ReconciliationId},
    payment,
    reconciliation::{self, ReconciliationPhase},
    refund::{self, RefundStatus},
};

use super::{
    ask,
    compare::compare,
    finding::{self, Found},
    progress::{self, Counts, Step},
    record::ProviderRecord,
};
use crate::{
    Context, Result, Shop, Tx,
    jobs::JobError,
    language::messages,
    orders::{Alert, alert, transition},
    outbox::Lease,
    ports::payment::StatementCharge,
    sql,
};

/// Compares a page. A run whose next page can never be had ends there.
pub(super) async fn page(
    shop: &Shop,
    context: &Context,
    run: &reconciliation::Model,
    lease: &Lease,
) -> Result<Step, JobError> {
    let page = match ask::statement(shop, run, run.page_cursor.as_deref()).await? {
        Ok(page) if page.next.is_some() && page.next == run.page_cursor => Err(messages::books_begin_anew()),
        shown => shown.map_err(messages::books_not_shown),
    };
    let page = match &page {
        Ok(page) => page,
        Err(error) => return Ok(progress::finish(shop, context, run, lease, Some(error)).await?),
    };
    let step = shop
        .transact(context, |tx| async move {
            if !progress::hold(&tx, run).await? {
                return Ok(Step::Lost);
            }
            let counts = compare_all(&tx, run, &page.charges).await?;
            let phase = match page.next {
                Some(_) => ReconciliationPhase::Statement,
                None => ReconciliationPhase::Unmatched,
            };
            progress::advance(&tx, run, phase, page.next.clone(), counts).await?;
            Ok(Step::Moved)
        })
        .await?;
    Ok(step)
}

async fn compare_all(tx: &Tx, run: &reconciliation::Model, charges: &[StatementCharge]) -> Result<Counts> {
    let books = Books::read(tx.db(), charges.iter().filter_map(|charge| charge.payment)).await?;
    let mut counts = Counts::default();
    let (mut met, mut equal) = (Vec::new(), Vec::new());
    for charge in charges {
        match books.judge(&run.provider, charge) {
            Judged::Foreign => counts.foreign += 1,
            Judged::Equal(subject) => {
                counts.matched += 1;
                equal.push(subject);
            }
            Judged::Found(found) => {
                found.count(&mut counts);
                warn_of_second(tx, &books, charge).await?;
                finding::record(tx, run, *found).await?;
            }
        }
        met.extend(books.of(&run.provider, charge).map(|ours| ours.id));
    }
    finding::settle(tx, &run.provider, equal).await?;
    mark_met(tx, met, run.id).await?;
    Ok(counts)
}

/// Our side of a page.
struct Books {
    payments: HashMap<PaymentId, payment::Model>,
    refunding: HashMap<PaymentId, i64>,
}

enum Judged {
    /// It is not this shop's.
    Foreign,
    /// Both say the same, or nothing is left in it: the subject of what was open of it.
    Equal(String),
    Found(Box<Found>),
}

impl Books {
    async fn read(db: &impl ConnectionTrait, ids: impl Iterator<Item = PaymentId>) -> Result<Self> {
        let payments = payment::Entity::find().filter(sql::among(db, payment::Column::Id, ids));
        let payments: HashMap<_, _> = payments.all(db).await?.into_iter().map(|row| (row.id, row)).collect();
        let refunding = refunding(db, payments.keys().copied()).await?;
        Ok(Self { payments, refunding })
    }

    fn judge(&self, provider: &str, charge: &StatementCharge) -> Judged {
        let Some(named) = charge.payment else {
            return Judged::Foreign;
        };
        let theirs = ProviderRecord::from(charge);
        let Some(ours) = self.of(provider, charge) else {
            if theirs.is_spent() {
                return Judged::Equal(theirs.reference);
            }
            return Judged::Found(Box::new(Found::missing_here(named, self.payments.get(&named), &theirs)));
        };
        let refunding = self.refunding.get(&ours.id).copied().unwrap_or_default();
        match compare(ours, refunding, &theirs) {
            None => Judged::Equal(finding::subject(ours.id)),
            Some(difference) => Judged::Found(Box::new(Found::different(ours, &theirs, &difference))),
        }
    }

    /// The attempt that the charge is; not one that it merely names, and that is another charge.
    fn of(&self, provider: &str, charge: &StatementCharge) -> Option<&payment::Model> {
        let ours = self.payments.get(&charge.payment?)?;
        let reference = ours.provider_reference.as_deref();
        let is_it = ours.provider == provider && reference.is_none_or(|reference| reference == charge.reference);
        is_it.then_some(ours)
    }
}

/// What is on its way back, by attempt.
pub(super) async fn refunding(
    db: &impl ConnectionTrait,
    payments: impl Iterator<Item = PaymentId>,
) -> Result<HashMap<PaymentId, i64>> {
    let requested = refund::Entity::find()
        .filter(sql::among(db, refund::Column::PaymentId, payments))
        .filter(refund::Column::Status.eq(RefundStatus::Requested))
        .all(db)
        .await?;
    let mut sums = HashMap::new();
    for refund in requested {
        *sums.entry(refund.payment_id).or_default() += refund.amount_minor;
    }
    Ok(sums)
}

/// That a shopper may have been charged twice cannot wait until somebody reads a report.
async fn warn_of_second(tx: &Tx, books: &Books, charge: &StatementCharge) -> Result<()> {
    let Some(named) = charge.payment.and_then(|id| books.payments.get(&id)) else {
        return Ok(());
    };
    if books.of(&named.provider, charge).is_some() {
        return Ok(());
    }
    let order = transition::lock(tx, named.order_id).await?;
    let reference = charge.reference.clone();
    alert(tx, order, &Alert::SecondCharge { reference }).await?;
    Ok(())
}

/// Remembers that these attempts stand in the provider's books.
pub(super) async fn mark_met(tx: &Tx, payments: Vec<PaymentId>, run: ReconciliationId) -> Result<()> {
    if payments.is_empty() {
        return Ok(());
    }
    payment::Entity::update_many()
        .col_expr(payment::Column::ReconciledIn, Expr::value(run))
        .filter(sql::among(tx.db(), payment::Column::Id, payments))
        .exec(tx.db())
        .await?;
    Ok(())
}
