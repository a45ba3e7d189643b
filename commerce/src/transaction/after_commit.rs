//! What follows a commit, as a best effort: what is lost here, the relay and the subscribers' polls find.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use futures::future::join_all;
use sea_orm::ActiveValue::Set;
use tracing::Instrument;
use vitrine_entity::{
    ids::{EventId, OutboxId, ProductId, SessionId},
    order,
    outbox::{self, OutboxState, Queue},
};

use super::{end::Change, ignore_failure, later::Later, unwritten::Unwritten};
use crate::{
    Shop, changes,
    jobs::Job,
    keyring::Keyring,
    metrics::{Counted, label},
    outbox::{give_back, record},
    ports::event_bus::Topic,
    profile::Profile,
    trace::step,
};

#[derive(Default)]
pub(super) struct AfterCommit {
    pub(super) jobs: Vec<outbox::ActiveModel>,
    /// One of them, once they are written.
    pub(super) witness: Option<OutboxId>,
    /// What is written at the end.
    pub(super) later: Later,
    /// Jobs that wait and that this has made needless.
    pub(super) needless: Vec<Job>,
    /// What else is changed at the end.
    pub(super) change: Option<Change>,
    /// The job that is done with this, by the fence of its claim.
    pub(super) finished: Option<(OutboxId, i64)>,
    /// Orders as this has left them.
    pub(super) moved: Vec<order::Model>,
    /// Those of them whose rows are yet to be written.
    pub(super) unwritten: Vec<Unwritten>,
    /// Those of `jobs` that may be done in this very transaction.
    pub(super) followers: Vec<(OutboxId, Job)>,
    /// Whether one of these has failed.
    pub(super) has_follower_failed: bool,
    pub(super) hand_over: Vec<(Queue, OutboxId)>,
    /// What use cases that run within this have changed of the catalogue: one job indexes them all.
    pub(super) index: BTreeSet<ProductId>,
    /// The first of the events that are written with this.
    pub(super) published: Option<EventId>,
    pub(super) topics: Vec<Topic>,
    pub(super) profile: Option<Profile>,
    pub(super) keyring: Option<Keyring>,
    pub(super) ended_sessions: Vec<SessionId>,
    /// What those who watch the machines are told of it.
    pub(super) counted: Vec<Counted>,
    /// Whether shoppers may have seen what was changed.
    pub(super) is_shown: bool,
}

impl AfterCommit {
    /// The job is written down as done.
    pub(super) fn end_job(&mut self, id: OutboxId, now: DateTime<Utc>) {
        for job in self.jobs.iter_mut().filter(|job| *job.id.as_ref() == id) {
            job.state = Set(OutboxState::Done);
            job.attempts = Set(1);
            job.lease_until = Set(None);
            job.finished_at = Set(Some(now));
        }
        self.hand_over.retain(|(_, job)| *job != id);
    }

    /// The order is left so.
    pub(super) fn has_moved(&mut self, order: order::Model) {
        self.moved.retain(|moved| moved.id != order.id);
        self.moved.push(order);
    }

    /// What a savepoint adds.
    pub(super) fn take_over(&mut self, nested: Self) {
        self.jobs.extend(nested.jobs);
        self.later.take_over(nested.later);
        self.change = nested.change.or(self.change.take());
        self.needless.extend(nested.needless);
        self.finished = nested.finished.or(self.finished);
        nested.moved.into_iter().for_each(|order| self.has_moved(order));
        self.followers.extend(nested.followers);
        self.hand_over.extend(nested.hand_over);
        self.index.extend(nested.index);
        self.published = self.published.or(nested.published);
        for topic in nested.topics {
            if !self.topics.contains(&topic) {
                self.topics.push(topic);
            }
        }
        self.profile = nested.profile.or(self.profile.take());
        self.keyring = nested.keyring.or(self.keyring.take());
        self.ended_sessions.extend(nested.ended_sessions);
        self.counted.extend(nested.counted);
    }
}

impl Shop {
    /// Everything at once: whoever asked waits for the slowest only.
    pub(super) async fn follow_up(&self, mut after: AfterCommit) {
        if let Some(profile) = after.profile.take() {
            self.learn(profile);
        }
        if let Some(keyring) = after.keyring.take() {
            self.learn_keys(keyring);
        }
        after.counted.drain(..).for_each(Counted::count);
        // Before the answer, and before anybody else hears of it.
        let ended_at = self.now();
        self.revocations()
            .add(after.ended_sessions.drain(..).map(|session| (session, ended_at)));
        let jobs_of = |queue: Queue| {
            let of_it = after.hand_over.iter().filter(move |(of, _)| *of == queue);
            of_it.map(|(_, id)| *id).collect::<Vec<_>>()
        };
        if after.is_shown {
            after.topics.push(Topic::Shown);
        }
        let hand_overs = record::QUEUES.map(|queue| self.hand_over(queue, jobs_of(queue)));
        let (left, (), ()) = tokio::join!(
            join_all(hand_overs),
            self.publish(&after.topics),
            self.hear(after.is_shown)
        );
        for jobs in left.into_iter().filter(|jobs| !jobs.is_empty()) {
            let given_back = give_back(self, &jobs).await;
            ignore_failure("returning jobs to the relay", given_back);
        }
    }

    /// Drops what is kept here of what was changed, before anybody is told that it was.
    async fn hear(&self, is_shown: bool) {
        if !is_shown {
            return;
        }
        let showing = self.showing();
        if !showing.is_used() {
            // Whoever asks next reads first.
            showing.doubt();
        } else if let Err(error) = changes::catch_up(self).await {
            showing.doubt();
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "it cannot be read what has changed: nothing that is kept is believed"
            );
        }
    }

    /// Gives what the queue did not take.
    async fn hand_over(&self, queue: Queue, jobs: Vec<OutboxId>) -> Vec<OutboxId> {
        if jobs.is_empty() {
            return jobs;
        }
        let step = step!(
            "hand over",
            otel.kind = "producer",
            queue = &*label(&queue),
            jobs = jobs.len()
        );
        match self.queue.push(queue, &jobs).instrument(step).await {
            Ok(()) => Vec::new(),
            Err(error) => {
                if self.tells_of_full(Some(queue)) {
                    tracing::warn!(
                        ?queue,
                        error = &error as &dyn std::error::Error,
                        "fresh jobs wait for the relay"
                    );
                }
                jobs
            }
        }
    }

    /// Tells other processes, as a best effort.
    pub(crate) async fn publish(&self, topics: &[Topic]) {
        if !topics.is_empty()
            && let Err(error) = self.bus.publish(topics).await
            && self.tells_of_full(None)
        {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "subscribers will see this at their next poll"
            );
        }
    }
}
