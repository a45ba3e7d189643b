//! Does something again and again, and says once when it fails and once when it works again.

use std::{future::Future, time::Duration};

use tokio_util::sync::CancellationToken;

/// The longest pause after a failure, unless the rhythm is slower anyway.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// How long a step may take unless it says otherwise. A connection may die without a word, and whoever
/// waits for its answer would wait for ever.
pub(crate) const STEP_MAX: Duration = Duration::from_secs(60);

/// How long a step that is under way at a shutdown may go on. Whatever it leaves is found again.
const ENDING_MAX: Duration = Duration::from_secs(2);

/// Takes a `step`, now and every `period`, until `shutdown`; less often while it fails. `name`
/// says in logs what the step does.
pub(crate) async fn every<Step, Taken, E>(name: &'static str, period: Duration, shutdown: CancellationToken, step: Step)
where
    Step: Fn() -> Taken,
    Taken: Future<Output = Result<(), E>>,
    E: std::error::Error + Send + Sync + 'static,
{
    every_within(STEP_MAX, name, period, shutdown, step).await;
}

/// As [`every`], for a step that may take `longest`.
pub(crate) async fn every_within<Step, Taken, E>(
    longest: Duration,
    name: &'static str,
    period: Duration,
    shutdown: CancellationToken,
    step: Step,
) where
    Step: Fn() -> Taken,
    Taken: Future<Output = Result<(), E>>,
    E: std::error::Error + Send + Sync + 'static,
{
    let mut pause = period;
    let mut broken = false;
    let ending = async {
        shutdown.cancelled().await;
        tokio::time::sleep(ENDING_MAX).await;
    };
    tokio::pin!(ending);
    loop {
        let taken = tokio::select! {
            taken = tokio::time::timeout(longest, step()) => taken,
            () = &mut ending => return,
        };
        let outcome = match taken {
            Ok(outcome) => outcome.map_err(|error| Box::new(error) as Box<dyn std::error::Error + Send + Sync>),
            Err(elapsed) => Err(elapsed.into()),
        };
        match outcome {
            Ok(()) => {
                if std::mem::take(&mut broken) {
                    tracing::info!("{name} works again");
                }
                pause = period;
            }
            Err(error) => {
                if !broken {
                    tracing::warn!(error = &*error as &dyn std::error::Error, "{name} fails");
                    broken = true;
                }
                pause = (pause * 2).min(PAUSE_MAX.max(period));
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
