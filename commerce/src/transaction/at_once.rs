//! Jobs that follow so closely from what a job did that they are done in its transaction: written down as done, and
//! neither handed over nor claimed.

use std::future::Future;

use futures::future::BoxFuture;

use tracing::Instrument;
use vitrine_entity::reservation;

use super::Tx;
use crate::{Result, jobs::Job, trace::step};

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

/// Does what can be done. They have no savepoint, which each purchase would pay for: where one fails, the whole
/// transaction is done anew without any. So whatever they meet, what they follow from stands, and the job is left to be
/// tried, counted and told of as any other. Gives whether any was done.
pub(super) async fn do_followers(tx: &Tx) -> Result<bool> {
    let followers = std::mem::take(&mut tx.after_commit().followers);
    let Ok(at_once) = AT_ONCE.try_with(|at_once| *at_once) else {
        return Ok(false);
    };
    if followers.is_empty() || tx.0.leaves_followers {
        return Ok(false);
    }
    let mut is_any_done = false;
    // What an order holds is moved by what follows.
    if tx.after_commit().later.has::<reservation::Entity>() {
        tx.write_now().await?;
    }
    for (id, job) in followers {
        let done = async {
            // Of several, each changes what others want in its turn.
            tx.write_last_now().await?;
            at_once(tx, &job).instrument(step!("at once", job = job.name())).await
        };
        match done.await {
            Ok(true) => {
                tx.after_commit().end_job(id, tx.shop().now());
                is_any_done = true;
            }
            Ok(false) => {}
            Err(error) => {
                let job = job.name();
                tracing::debug!(
                    job,
                    error = &error as &dyn std::error::Error,
                    "a job is left to be done by itself"
                );
                tx.after_commit().has_follower_failed = true;
                return Err(error);
            }
        }
    }
    Ok(is_any_done)
}
