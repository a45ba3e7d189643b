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
    /// It is done at once, and answered once `StripeStandIn::release` lets it be.
    AnswersOnceReleased,
    /// It is done and answered only then, though the client went away meanwhile.
    ActsLate(Duration),
    RateLimited {
        retry_after: Option<u64>,
    },
    /// Likewise, once `StripeStandIn::release` lets it.
    RateLimitedOnceReleased {
        retry_after: Option<u64>,
    },
    /// The key may not do this: it is not done, and nothing is remembered.
    Forbidden,
    /// It is refused for good, with 400: it is not done, and nothing is remembered.
    Refused,
    /// Somebody else is at the same object: it is not done, and nothing is remembered.
    LockTimeout,
    /// It is done; the answer has status 200 and half a body.
    Garbled,
}
