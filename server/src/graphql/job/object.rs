use async_graphql::{Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::work::{self, Kind};
use vitrine_entity::outbox as row;

use crate::{
    graphql::shared::{connection, int},
    ids,
};

/// Where jobs wait, so that one kind's backlog does not hold another up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::outbox::Queue")]
pub enum JobQueue {
    /// What a payment provider is asked for.
    Payment,
    /// What moves stock.
    Stock,
    /// Mails.
    Mail,
    /// What keeps lists and search in step with the catalogue.
    Search,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::outbox::OutboxState")]
pub enum JobState {
    /// It waits: until `runAt`, then for room in its queue.
    Ready,
    /// It is on its way to a worker.
    HandedOver,
    /// A worker does it.
    Running,
    /// It is done.
    Done,
    /// It has failed for good: mend what `lastError` says, then revive it.
    Buried,
}

/// Something that is done in the background. For staff with the permission `JOBS`.
#[derive(Debug, Clone)]
pub struct Job(pub row::Model);

connection! { JobConnection, JobEdge, Job }

/// What a job is about.
#[derive(Debug, SimpleObject)]
pub struct JobArgument {
    /// What it names, as in `order`.
    pub name: String,
    /// Which one: an id in its public form, as in `ord_01j…`, or a number.
    pub value: String,
}

/// Something that is done in the background. For staff with the permission `JOBS`.
#[Object]
impl Job {
    /// Names the job.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What is done, as in `process_payment`.
    async fn kind(&self) -> &str {
        Kind::of(&self.0)
    }

    /// What it is done to.
    async fn arguments(&self) -> Vec<JobArgument> {
        arguments(&self.0.job)
    }

    /// Where it waits.
    async fn queue(&self) -> JobQueue {
        self.0.queue.into()
    }

    /// Where it stands.
    async fn state(&self) -> JobState {
        self.0.state.into()
    }

    /// How often it was tried. An attempt for which something outside was away is not counted.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Why the last attempt that failed did so.
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }

    /// When it is due; of a buried job, when it was buried.
    async fn run_at(&self) -> DateTime<Utc> {
        self.0.run_at
    }

    /// Finds the request that it follows from in logs and traces.
    async fn correlation_id(&self) -> &str {
        &self.0.correlation_id
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was done.
    async fn finished_at(&self) -> Option<DateTime<Utc>> {
        self.0.finished_at
    }
}

/// Whatever the stored job names, also where this version cannot read it.
fn arguments(job: &serde_json::Value) -> Vec<JobArgument> {
    let argument = |name: &str, value: &serde_json::Value| JobArgument {
        name: name.to_owned(),
        value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    };
    let fields = job.as_object().into_iter().flatten().filter(|(name, _)| *name != "job");
    fields
        .flat_map(|(name, value)| match value.as_array() {
            Some(values) => values.iter().map(|value| argument(name, value)).collect(),
            None => vec![argument(name, value)],
        })
        .collect()
}

/// How many jobs of one queue are in one state.
#[derive(Debug, SimpleObject)]
pub struct JobCount {
    /// The queue.
    pub queue: JobQueue,
    /// The state.
    pub state: JobState,
    /// How many there are.
    pub jobs: i32,
    /// For how many seconds the oldest of them has been due, or buried. Null where none is, and of
    /// what is done.
    pub oldest_due_seconds: Option<i32>,
}

impl From<work::JobCount> for JobCount {
    fn from(count: work::JobCount) -> Self {
        Self {
            queue: count.queue.into(),
            state: count.state.into(),
            jobs: int(count.jobs),
            oldest_due_seconds: count.oldest_due.map(|age| int(age.num_seconds())),
        }
    }
}

/// Restricts a list of jobs. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct JobWhere {
    /// Where they stand.
    pub state: Option<JobState>,
    /// Where they wait.
    pub queue: Option<JobQueue>,
    /// What is done, as in `process_payment`.
    pub kind: Option<String>,
    /// The order that they are about, or whose payments, captures and refunds they are about.
    pub order_id: Option<ID>,
    /// Made at this time or later.
    pub since: Option<DateTime<Utc>>,
}
