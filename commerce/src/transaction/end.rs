//! How the work of a transaction ends: what follows at once is done, and what was gathered is written, in as few statements
//! as there can be.

use sea_orm::{ConnectionTrait, Statement};
use vitrine_entity::outbox;

use super::{Tx, at_once::do_followers, later::Later};
use crate::{
    Error, Fault, Result,
    jobs::Job,
    outbox::{finish, needless},
    shown,
};

/// A statement that has to change one row.
pub(super) struct Change {
    pub(super) statement: Statement,
    /// What it means that it did not.
    pub(super) otherwise: Error,
    /// Whether shoppers see nothing of it, although it names what they see.
    pub(super) is_unseen: bool,
}

impl Change {
    /// Runs it before the end.
    pub(super) async fn write_now(self, tx: &Tx) -> Result<()> {
        match tx.db().execute_raw(self.statement).await?.rows_affected() {
            1 => Ok(()),
            _ => Err(self.otherwise),
        }
    }
}

impl Tx {
    /// Changes now what was to be changed last.
    pub(super) async fn write_last_now(&self) -> Result<()> {
        let change = self.after_commit().change.take();
        match change {
            Some(change) => change.write_now(self).await,
            None => Ok(()),
        }
    }
}

/// Writes all jobs of the transaction, what else was to be written at its end, and that its own job is done.
pub(super) async fn end(tx: &Tx) -> Result<()> {
    let has_followed = do_followers(tx).await?;
    let written = write(tx).await;
    if has_followed
        && written
            .as_ref()
            .is_err_and(|error| !matches!(error, Error::Fault(Fault::LeaseLost)))
    {
        // It may be by what followed: without that it is done all the same.
        tx.after_commit().has_follower_failed = true;
    }
    written
}

async fn write(tx: &Tx) -> Result<()> {
    let index = std::mem::take(&mut tx.after_commit().index);
    if !index.is_empty() {
        let products = index.into_iter().collect();
        tx.enqueue(None, Job::IndexProducts { products });
    }
    let published = tx.after_commit().published.take();
    if let Some(event) = published {
        tx.enqueue(None, Job::PublishEvents { event });
        if tx.shop().event_stream.is_some() {
            tx.enqueue(None, Job::StreamEvents { event });
        }
    }
    let jobs = std::mem::take(&mut tx.after_commit().jobs);
    tx.after_commit().witness = jobs.first().map(|job| *job.id.as_ref());
    tx.write_later::<outbox::Entity>(jobs);
    let (later, changes) = gathered(tx);
    let is_unseen = changes.iter().any(|change| change.is_unseen);
    let changes = changes.into_iter().map(|change| (change.statement, change.otherwise));
    let (statements, otherwise): (Vec<_>, Vec<_>) = changes.unzip();
    let is_unseen = is_unseen && !later.may_be_seen();
    let writing = later.write_with(tx.db(), statements);
    let counts = match is_unseen {
        true => shown::unseen(writing).await?,
        false => writing.await?,
    };
    let mut missed = counts.into_iter().zip(otherwise).filter(|(count, _)| *count != 1);
    match missed.next() {
        None => Ok(()),
        Some((_, otherwise)) => Err(otherwise),
    }
}

fn gathered(tx: &Tx) -> (Later, Vec<Change>) {
    let mut changes = tx.take_moves();
    let mut after = tx.after_commit();
    let mut later = std::mem::take(&mut after.later);
    if !after.needless.is_empty() {
        later.add_statement(needless::ending(tx.db(), &after.needless, tx.shop().now()));
        after.needless.clear();
    }
    let finishing = after.finished.take().map(|(job, fence)| Change {
        statement: finish::finishing(tx.db(), job, fence, tx.shop().now()),
        otherwise: Fault::LeaseLost.into(),
        is_unseen: false,
    });
    changes.extend(after.change.take().into_iter().chain(finishing));
    (later, changes)
}
