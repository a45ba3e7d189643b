//! Our payment ledger, compared with a provider's books.
//!
//! A run goes through four phases, a page at a time, each page in one transaction that also stores
//! where the next one begins: a worker that dies leaves the run at its page.
//!
//! 1. `match_statement.rs` looks for each of the provider's charges in our books.
//! 2. `check_unmatched.rs` looks up those of ours that were not met, and older ones that have moved
//!    since, for the books are read by the time of the charge.
//! 3. `recheck.rs` looks at every open finding once more, lets our side catch up where its machine
//!    allows that, and settles what has become equal.
//! 4. `refund_orphaned.rs` asks back money whose order was cancelled or has another payment.
//!
//! `compare/` says in what two records differ, and what would mend it. Nothing that the machine does
//! not allow is done by itself: it is a finding, and its repair waits for staff.

mod adopt;
mod ask;
mod check_unmatched;
mod compare;
mod decide;
mod finding;
mod list;
mod match_statement;
mod outcome;
mod pay_back;
mod progress;
mod recheck;
mod record;
mod refund_orphaned;
pub mod repair;
pub mod run;
mod start;
pub mod told;

pub use decide::{DismissFinding, dismiss, repair};
pub use list::{FindingFilter, find, findings, list, open_findings_of};
pub use record::Record;
pub use start::{StartReconciliation, start, start_due};
