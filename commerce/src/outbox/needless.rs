//! Jobs that wait for a later time and that something has made needless meanwhile: they are ended in the transaction that
//! makes them so. What somebody has begun comes to its own end.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::{jobs::Job, sql};

/// The statement that ends those of `jobs` that wait.
pub(crate) fn ending(db: &impl ConnectionTrait, jobs: &[Job], now: DateTime<Utc>) -> Statement {
    // Found by their subjects, and not among all that wait. No two kinds of job have a subject in common, or what is needless of
    // one is of the other, too.
    let sql = format!(
        "update outbox set state = 'DONE', finished_at = $3 where subject {} \
         and case when state = 'READY' then job->>'job' {} else false end",
        sql::among_parameter::<Uuid>(db, 1),
        sql::among_parameter::<String>(db, 2)
    );
    let names = jobs.iter().map(|job| job.stored_name().to_owned());
    let subjects = jobs.iter().filter_map(Job::subject);
    let values = [sql::list::<Uuid>(db, subjects), sql::list(db, names), now.into()];
    sql::statement(db, &sql, values)
}
