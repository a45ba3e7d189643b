//! Our payment ledger, compared with a provider's books.
//!
//! A run goes through four phases, a page at a time, each page in one transaction that also stores
//! where the next one begins: a worker that dies leaves the run at its page. `theirs.rs` looks for
//! each of the provider's charges in our books; `ours.rs` looks up those of ours that were not met,
//! and older ones that have moved since, for the books are read by the time of the charge;
//! `again.rs` looks again at every open finding, lets our side catch up where its machine allows
//! that, and settles what has become equal; `unwanted.rs` asks back the money that nobody should
//! have. `compare.rs` says in what two records differ, and what would mend it. Nothing that the
//! machine does not allow is done by itself: it is a finding, and its repair waits for staff.

mod again;
mod ask;
mod compare;
mod decide;
mod finding;
mod list;
mod ours;
mod pay_back;
mod progress;
mod record;
pub mod repair;
pub mod run;
mod start;
mod take_over;
mod theirs;
mod unwanted;

pub use decide::{DismissFinding, dismiss, repair};
pub use list::{FindingFilter, find, findings, list, open_findings_of};
pub use record::Record;
pub use start::{StartReconciliation, start, start_due};
