use async_graphql::{Context, ID, InputObject, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::work::{self, Kind, ReviveAll};

use super::object::Job;
use crate::{
    graphql::shared::{ContextExt, Result, int, payload},
    ids,
};

/// Which job to revive.
#[derive(Debug, InputObject)]
pub struct JobReviveInput {
    /// The job's id.
    pub job_id: ID,
}

/// Which jobs to revive.
#[derive(Debug, InputObject)]
pub struct JobsReviveInput {
    /// What they do, as in `send_order_mail`.
    pub kind: String,
    /// Buried at this time or later.
    pub buried_since: DateTime<Utc>,
}

payload! {
    /// What `jobRevive` answers.
    JobRevivePayload {
        /// The job as it is now.
        job: Job,
    }
}

payload! {
    /// What `jobsRevive` answers.
    JobsRevivePayload {
        /// How many jobs were revived. Where it is 500, there may be more: ask again.
        revived: i32,
    }
}

#[derive(Debug, Default)]
pub struct JobMutation;

#[Object]
impl JobMutation {
    /// Has a buried job done again, with all its attempts before it. Refused with `INVALID` unless
    /// it is buried. For staff with the permission `JOBS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn job_revive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which job to revive.")] input: JobReviveInput,
    ) -> Result<Option<JobRevivePayload>> {
        JobRevivePayload::of(revive(ctx, input).await)
    }

    /// Has buried jobs of one kind done again, the oldest first and at most 500 at once. For staff
    /// with the permission `JOBS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn jobs_revive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which jobs to revive.")] input: JobsReviveInput,
    ) -> Result<Option<JobsRevivePayload>> {
        JobsRevivePayload::of(revive_all(ctx, input).await)
    }
}

async fn revive(ctx: &Context<'_>, input: JobReviveInput) -> vitrine_commerce::Result<Job> {
    let id = ids::input(&input.job_id, "job", &["jobId"])?;
    Ok(Job(work::revive(ctx.shop(), ctx.caller(), id).await?))
}

async fn revive_all(ctx: &Context<'_>, input: JobsReviveInput) -> vitrine_commerce::Result<i32> {
    let which = ReviveAll {
        kind: Kind::new(&input.kind, &["kind"])?,
        buried_since: input.buried_since,
    };
    let revived = work::revive_all(ctx.shop(), ctx.caller(), which).await?;
    Ok(int(i64::try_from(revived).unwrap_or(i64::MAX)))
}
