//! Ports that remember, or take everything.

use std::{collections::VecDeque, sync::Mutex};

use async_trait::async_trait;
use futures::{StreamExt, stream::BoxStream};
use vitrine_commerce::ports::{
    EventBus, JobQueue, Mailer, RateLimiter, WebhookSender,
    event_bus::{EventBusError, Topic},
    mailer::{Mail, MailError},
    queue::QueueError,
    rate_limit::{Charge, Standing, Taken},
    webhook_sender::{AddressProblem, SendError, WebhookAnswer, WebhookRequest},
};
use vitrine_entity::{ids::OutboxId, outbox::Queue};

/// Remembers what it was given.
pub struct Memory<T>(Mutex<Vec<T>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Memory<T> {
    /// Everything since the last time.
    pub fn take(&self) -> Vec<T> {
        std::mem::take(&mut *self.0.lock().expect("not poisoned"))
    }
}

#[async_trait]
impl EventBus for Memory<Topic> {
    async fn publish(&self, topics: &[Topic]) -> Result<(), EventBusError> {
        self.0.lock().expect("not poisoned").extend_from_slice(topics);
        Ok(())
    }

    fn subscribe(&self) -> BoxStream<'static, Topic> {
        futures::stream::pending().boxed()
    }
}

/// Answers no webhook.
pub struct NobodyListens;

#[async_trait]
impl WebhookSender for NobodyListens {
    fn check(&self, _: &str) -> Result<(), AddressProblem> {
        Ok(())
    }

    async fn send(&self, _: WebhookRequest) -> Result<WebhookAnswer, SendError> {
        Err(SendError::Unanswered("Nobody listens here.".to_owned()))
    }
}

/// Lets everything pass.
pub struct NoLimits;

#[async_trait]
impl RateLimiter for NoLimits {
    async fn take(&self, charges: &[Charge]) -> Taken {
        Taken {
            standings: charges.iter().map(|charge| Standing::of(charge.quota, 0)).collect(),
            retry_after: None,
        }
    }

    async fn forget(&self, _: &[String]) {}
}

/// Gives the prepared answers in turn, then takes everything.
#[derive(Default)]
pub struct Post {
    pub answers: Mutex<VecDeque<Answer>>,
    pub taken: Memory<Mail>,
}

pub enum Answer {
    Refuses(MailError),
    Hangs,
}

#[async_trait]
impl Mailer for Post {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let answer = self.answers.lock().expect("not poisoned").pop_front();
        match answer {
            Some(Answer::Refuses(error)) => return Err(error),
            Some(Answer::Hangs) => std::future::pending().await,
            None => self.taken.0.lock().expect("not poisoned").push(mail.clone()),
        }
        Ok(())
    }
}

pub(super) struct NoQueue;

#[async_trait]
impl JobQueue for NoQueue {
    async fn push(&self, _: Queue, _: &[OutboxId]) -> Result<(), QueueError> {
        Ok(())
    }

    fn is_attended(&self) -> bool {
        true
    }

    async fn ping(&self) -> Result<(), QueueError> {
        Ok(())
    }
}
