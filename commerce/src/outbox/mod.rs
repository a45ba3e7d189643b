//! What must be done, written in the transaction that made it so.
//!
//! A row goes `READY → HANDED_OVER → RUNNING → DONE`, or is buried. A fresh row that is due at
//! once is written as handed over, with a short lease, because whoever commits hands it over the
//! next moment; if they die first, the lease runs out and [`sweep`] returns the row to the relay.
//! Every claim raises the row's `fence`: whoever finishes names the fence of their claim, so that
//! a worker that was frozen past its lease cannot finish what another has taken over.
//!
//! What a job does, what becomes of one that fails, and what staff see of it is not told here but in
//! [`work`](crate::work).

mod expected;
pub(crate) mod finish;
mod forget;
mod hand_over;
mod hasten;
pub(crate) mod lease;
pub(crate) mod needless;
pub(crate) mod record;

pub(crate) use self::{expected::ExpectedJob, hasten::hasten};
pub use self::{
    forget::forget_done,
    hand_over::{give_back, queues_due, sweep, take_back, take_due},
    lease::Lease,
    record::QUEUES,
};

#[cfg(test)]
mod tests;
