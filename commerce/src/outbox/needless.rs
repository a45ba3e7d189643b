//! Jobs that wait for a later time and that something has made needless meanwhile.

use uuid::Uuid;

use crate::{Result, Tx, jobs::Job, sql};

/// Ends those of `jobs` that wait, in the transaction that makes them needless: they would find nothing to do. What
/// somebody has begun comes to its own end.
pub(crate) async fn end_needless(tx: &Tx, jobs: &[Job]) -> Result<()> {
    let names = jobs.iter().map(|job| job.stored_name().to_owned());
    let subjects: Vec<Uuid> = jobs.iter().filter_map(Job::subject).collect();
    // No two kinds of job have a subject in common, or what is needless of one is of the other, too.
    let sql = format!(
        "update outbox set state = 'DONE', finished_at = $1 where state = 'READY' and subject {} and job->>'job' {}",
        sql::among_parameter::<Uuid>(tx.db(), 2),
        sql::among_parameter::<String>(tx.db(), 3)
    );
    let values = [
        tx.shop().now().into(),
        sql::list(tx.db(), subjects),
        sql::list(tx.db(), names),
    ];
    sql::execute(tx.db(), &sql, values).await?;
    Ok(())
}
