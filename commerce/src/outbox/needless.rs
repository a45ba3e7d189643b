//! Jobs that wait for a later time and that something has made needless meanwhile: they are ended in the transaction that
//! makes them so. What somebody has begun comes to its own end.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{Result, jobs::Job, sql};

/// Ends those of `jobs` that wait.
pub(crate) async fn end(db: &impl ConnectionTrait, now: DateTime<Utc>, jobs: &[Job]) -> Result<()> {
    let sql = format!(
        "update outbox set state = 'DONE', finished_at = $1 where {}",
        that_wait(db, 2)
    );
    let [subjects, names] = parameters(db, jobs);
    sql::execute(db, &sql, [now.into(), subjects, names]).await?;
    Ok(())
}

/// The condition of those that wait, whose [`parameters`] are number `first` and the next.
pub(super) fn that_wait(db: &impl ConnectionTrait, first: usize) -> String {
    // Found by their subjects, and not among all that wait. No two kinds of job have a subject in common, or what is needless of one is of the other, too.
    format!(
        "subject {} and case when state = 'READY' then job->>'job' {} else false end",
        sql::among_parameter::<Uuid>(db, first),
        sql::among_parameter::<String>(db, first + 1)
    )
}

/// Goes with [`that_wait`].
pub(super) fn parameters(db: &impl ConnectionTrait, jobs: &[Job]) -> [Value; 2] {
    let names = jobs.iter().map(|job| job.stored_name().to_owned());
    let subjects = jobs.iter().filter_map(Job::subject);
    [sql::list::<Uuid>(db, subjects), sql::list(db, names)]
}
