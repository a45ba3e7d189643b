//! Failures on command.

use std::time::Duration;

/// How a request fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is done, and answered with 500; so is every repetition with its key.
    ErrorAfterActing,
    /// It is answered with 500 at the gate: nothing is done, and nothing remembered.
    ErrorBeforeActing,
    /// It was begun and failed: nothing is done, and the 500 is remembered by its key.
    ErrorInsteadOfActing,
    /// It is done, and the connection is cut without an answer.
    CutAfterActing,
    CutBeforeActing,
    /// It is done at once, and answered only then.
    AnswersLate(Duration),
    /// It is done and answered only then, though the client went away meanwhile.
    ActsLate(Duration),
    RateLimited {
        retry_after: Option<u64>,
    },
    /// Likewise, after a while.
    RateLimitedLate(Duration, Option<u64>),
    /// The key may not do this: it is not done, and nothing is remembered.
    Forbidden,
    /// Somebody else is at the same object: it is not done, and nothing is remembered.
    LockTimeout,
    /// It is done; the answer has status 200 and half a body.
    Garbled,
}

#[derive(Default)]
pub(super) struct Faults(Vec<Planned>);

struct Planned {
    requests: String,
    times: usize,
    fault: Fault,
}

impl Faults {
    pub(super) fn add(&mut self, requests: &str, times: usize, fault: Fault) {
        self.0.push(Planned {
            requests: requests.to_owned(),
            times,
            fault,
        });
    }

    /// From now on nothing fails.
    pub(super) fn heal(&mut self) {
        self.0.clear();
    }

    /// The first that was planned for such a request, if any is left.
    pub(super) fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let planned = self
            .0
            .iter_mut()
            .find(|planned| planned.times > 0 && matches(&planned.requests, method, path))?;
        planned.times -= 1;
        Some(planned.fault)
    }
}

/// Whether `POST /v1/refunds`, `* /v1/payment_intents/*` or `*` describes a request.
pub(super) fn matches(pattern: &str, method: &str, path: &str) -> bool {
    let Some((methods, paths)) = pattern.split_once(' ') else {
        return pattern == "*";
    };
    let fits = |pattern: &str, text: &str| pattern == "*" || pattern == text;
    let mut segments = path.split('/');
    fits(methods, method)
        && paths
            .split('/')
            .all(|pattern| segments.next().is_some_and(|segment| fits(pattern, segment)))
        && segments.next().is_none()
}
