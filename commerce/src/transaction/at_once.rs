//! Jobs that follow so closely from what a job did that they are done in its transaction: written down as done, and
//! neither handed over nor claimed.

use std::{
    future::Future,
    sync::{Arc, PoisonError},
};

use futures::future::BoxFuture;

use vitrine_entity::reservation;

use super::{Tx, outlived};
use crate::{Result, jobs::Job};

/// Does a job within the transaction that records it; gives `false`, and has changed nothing, where it is better
/// done by itself.
type AtOnce = for<'a> fn(&'a Tx, &'a Job) -> BoxFuture<'a, Result<bool>>;

tokio::task_local! {
    /// Who does such jobs, while a job runs.
    static AT_ONCE: AtOnce;
}

/// Has jobs that follow from `work` done by `at_once`, where they can be.
pub(crate) async fn doing_at_once<T>(at_once: AtOnce, work: impl Future<Output = T>) -> T {
    AT_ONCE.scope(at_once, work).await
}

/// Does what can be done. Each has a savepoint: whatever it meets, what it follows from stands, and the job is left
/// to be tried, counted and told of as any other.
pub(super) async fn do_followers(tx: &Tx) -> Result<()> {
    let Ok(at_once) = AT_ONCE.try_with(|at_once| *at_once) else {
        return Ok(());
    };
    let followers = std::mem::take(&mut tx.after_commit().followers);
    // What an order holds is moved by what follows.
    if !followers.is_empty() && tx.after_commit().later.has::<reservation::Entity>() {
        tx.write_now().await?;
    }
    for (id, job) in followers {
        let nested = tx.nested(tx.context()).await?;
        let moved = tx.after_commit().moved.clone();
        nested.after_commit().moved = moved;
        let outcome = at_once(&nested, &job).await;
        let Some(inner) = Arc::into_inner(nested.0) else {
            return Err(outlived());
        };
        match outcome {
            Ok(true) => {
                inner.open.commit().await?;
                let done = inner.after_commit.into_inner().unwrap_or_else(PoisonError::into_inner);
                let mut after = tx.after_commit();
                after.end_job(id, tx.shop().now());
                after.take_over(done);
            }
            Ok(false) => inner.open.take_back().await?,
            Err(error) => {
                let job = job.name();
                tracing::debug!(
                    job,
                    error = &error as &dyn std::error::Error,
                    "a job is left to be done by itself"
                );
                inner.open.take_back().await?;
            }
        }
    }
    Ok(())
}
