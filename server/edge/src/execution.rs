//! Runs one operation, within its time.

use std::{sync::Arc, time::Duration};

use async_graphql::{Executor, Request, Response, parser::types::OperationType};
use futures::{FutureExt, SinkExt, Stream, StreamExt, channel::mpsc, stream::BoxStream};
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument;

use super::{
    answer::Outcome,
    authenticate::Admission,
    decode::Parameters,
    document::Documents,
    endpoint::GraphqlEndpoint,
    error::{code, overloaded, panicked, request_error},
    kept::{Watch, watched},
    operation::{Operation, Transport},
    repeat::HeadKey,
    request_ids::RequestIds,
};

/// An operation, and everything its resolvers will need.
pub(super) struct Call {
    request: Request,
    operation: Arc<Operation>,
}

impl Call {
    /// `key` is what the request's head says that it may be repeated by.
    pub(super) fn new(
        parameters: Parameters,
        admission: &Admission,
        ids: &RequestIds,
        transport: Transport,
        key: Option<HeadKey>,
    ) -> Self {
        let keyed = parameters.keyed(key).filter(|_| transport.allows_mutations());
        let operation = Operation::over(transport).of_stale(admission.stale());
        let operation = operation.charged_by(admission.charge());
        let operation = operation.under(admission.repeats(), keyed);
        let operation = operation.directed_by(admission.directed());
        let operation = operation.answered_late(admission.late());
        let operation = Arc::new(operation.loading(admission.load()));
        let mut request = parameters.into_request();
        admission.equip(&mut request.data);
        request.data.insert(ids.clone());
        request.data.insert(Arc::clone(&operation));
        Self { request, operation }
    }

    /// Whether the same is answered to everybody.
    pub(super) fn is_public(&mut self, documents: &Documents) -> bool {
        documents.look_ahead(&mut self.request)
    }

    pub(super) fn operation(&self) -> Arc<Operation> {
        Arc::clone(&self.operation)
    }
}

impl<E: Executor> GraphqlEndpoint<E> {
    /// One answer. Whoever is cut off by the time-out does not know whether a mutation happened;
    /// that is what idempotency keys are for.
    pub(super) async fn execute(&self, call: Call) -> Outcome {
        match self.acquire_request() {
            Some(permit) if call.operation.is_keyed() => self.run_to_its_end(call, permit).await,
            Some(_permit) => self.run(call).await,
            None => overload(),
        }
    }

    /// Whoever asks under a key and goes away comes back for the answer.
    async fn run_to_its_end(&self, call: Call, permit: OwnedSemaphorePermit) -> Outcome {
        let (endpoint, waited_for) = (self.clone(), self.drain().hold());
        let running = async move {
            let outcome = endpoint.run(call).await;
            drop((permit, waited_for));
            outcome
        };
        let ended = tokio::spawn(running.in_current_span()).await;
        ended.unwrap_or_else(|error| match error.try_into_panic() {
            Ok(panic) => Outcome::refused(vec![panicked(panic.as_ref())]),
            // The server stops.
            Err(_) => overload(),
        })
    }

    /// As [`execute`](Self::execute), for whoever has a permit.
    pub(super) async fn run(&self, call: Call) -> Outcome {
        self.run_watched(call, None).await
    }

    pub(super) async fn run_watched(&self, call: Call, watch: Option<&dyn Watch>) -> Outcome {
        let operation = call.operation();
        let outcome = self.run_in_time(call, watch).await;
        operation.end(outcome.first_code());
        outcome
    }

    async fn run_in_time(&self, mut call: Call, watch: Option<&dyn Watch>) -> Outcome {
        call.request.data.insert(self.drain().clone());
        let running = self.executor().execute(call.request).boxed();
        let running = async {
            match watch {
                Some(watch) => watched(watch, running).await,
                None => Some(running.await),
            }
        };
        match tokio::time::timeout(self.settings().request_timeout, running).await {
            Ok(Some(response)) => {
                let ran = call.operation.running().is_some();
                Outcome {
                    response,
                    ran,
                    has_data: ran,
                    language: call.operation.language(),
                }
            }
            Ok(None) | Err(_) => timed_out(),
        }
    }

    /// Answers until the operation ends. A query or mutation has its one within its time.
    pub(super) fn stream(&self, call: Call) -> BoxStream<'static, Outcome> {
        let Some(permit) = self.acquire_request() else {
            return futures::stream::once(std::future::ready(overload())).boxed();
        };
        let Call { mut request, operation } = call;
        request.data.insert(self.drain().clone());
        let answers = self.executor().execute_stream(request, None);
        let timeout = self.settings().request_timeout;
        // A task stands in no span.
        let span = tracing::Span::current();
        by_itself(|told| answer(answers, operation, timeout, permit, told).instrument(span))
    }
}

/// How an operation tells its outcomes. Boxed, for whoever waits for one has no room for it.
type Told = mpsc::Sender<Box<Outcome>>;

async fn answer(
    mut answers: BoxStream<'static, Response>,
    operation: Arc<Operation>,
    timeout: Duration,
    permit: OwnedSemaphorePermit,
    mut told: Told,
) {
    let mut next = Box::pin(first_answer(&mut answers, &operation, timeout, permit)).await;
    // A subscription is a stream, and counted as such.
    if let Some(outcome) = &next
        && operation.running() != Some(OperationType::Subscription)
    {
        operation.end(outcome.first_code());
    }
    while let Some(outcome) = next {
        let ended = outcome.first_code() == Some(code::TIMEOUT);
        if told.send(outcome).await.is_err() || ended {
            return;
        }
        next = next_answer(&mut answers, &operation).await;
    }
}

/// Runs an operation in a task of its own: whoever takes its answers slowly, or waits for another's to be taken, holds up
/// no query and no transaction in the middle. Dropped, it ends.
fn by_itself<F>(run: impl FnOnce(Told) -> F) -> BoxStream<'static, Outcome>
where
    F: Future<Output = ()> + Send + 'static,
{
    // Not tokio's, which has room for 32 from its beginning, however few it lets wait.
    let (told, outcomes) = mpsc::channel(1);
    let running = AbortOnDropHandle::new(tokio::spawn(run(told)));
    let outcomes = outcomes.map(move |outcome| {
        let _ = &running;
        *outcome
    });
    outcomes.boxed()
}

/// Only a subscription may keep its first answer waiting, and it does not count as running meanwhile:
/// it has a permit of its own among the streams.
async fn first_answer<S>(
    answers: &mut S,
    operation: &Operation,
    timeout: Duration,
    permit: OwnedSemaphorePermit,
) -> Option<Box<Outcome>>
where
    S: Stream<Item = Response> + Unpin,
{
    let answer = next_answer(answers, operation);
    tokio::pin!(answer);
    let subscribed = async {
        if operation.accepted().await != OperationType::Subscription {
            std::future::pending().await
        }
    };
    let waiting = tokio::time::timeout(timeout, async {
        tokio::select! {
            biased;
            answer = &mut answer => Some(answer),
            () = subscribed => None,
        }
    });
    match waiting.await {
        Ok(Some(answer)) => answer,
        Ok(None) => {
            drop(permit);
            answer.await
        }
        Err(_) => Some(Box::new(timed_out())),
    }
}

async fn next_answer<S>(answers: &mut S, operation: &Operation) -> Option<Box<Outcome>>
where
    S: Stream<Item = Response> + Unpin,
{
    let response = answers.next().await?;
    let (ran, is_executed) = (operation.running().is_some(), operation.take_executed());
    Some(Box::new(Outcome {
        // Where a subscription cannot begin, or its source fails, no fields are executed.
        has_data: ran && (is_executed || response.errors.is_empty()),
        response,
        ran,
        language: None,
    }))
}

pub(super) fn overload() -> Outcome {
    Outcome::refused(vec![overloaded()])
}

fn timed_out() -> Outcome {
    let message = "The operation took too long and was ended.";
    Outcome::refused(vec![request_error(code::TIMEOUT, message)])
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn an_operation_goes_on_while_nobody_takes_its_answers() {
        let (done, is_done) = oneshot::channel();
        let taken = by_itself(|mut told: Told| async move {
            told.send(Box::new(overload())).await.expect("somebody listens");
            // What a transaction in the middle would be.
            tokio::task::yield_now().await;
            let _ = done.send(());
            told.send(Box::new(overload())).await.expect("somebody listens");
        });
        is_done.await.expect("it went on");
        assert_eq!(taken.count().await, 2, "and nothing is lost");
    }

    #[tokio::test]
    async fn an_operation_that_nobody_waits_for_ends() {
        let (held, is_gone) = oneshot::channel::<()>();
        let mut taken = by_itself(|mut told: Told| async move {
            let _held = held;
            told.send(Box::new(overload())).await.expect("somebody listens");
            std::future::pending::<()>().await;
        });
        assert!(taken.next().await.is_some());
        drop(taken);
        assert!(is_gone.await.is_err(), "it is dropped");
    }
}
