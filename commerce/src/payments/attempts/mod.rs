//! Attempts to be paid: their machine, and the jobs that move them.

pub(super) mod apply;
pub(super) mod begin;
mod card_number;
pub mod check;
mod decline;
pub(super) mod follow_up;
mod give_up;
mod list;
pub(super) mod load;
pub(super) mod method;
mod outcome;
mod problem;
pub mod process;
mod retry;
pub mod settle;
pub(super) mod state;
pub(super) mod store;
mod tax_rate;
pub mod void;
pub mod watch;

pub use begin::{begin, first_step};
pub use decline::decline_message;
pub use give_up::give_up;
pub use list::{PaymentFilter, by_id, list};
pub(crate) use load::{BESIDE_JOB, hold, is_captured, is_in_flight, on_its_way, untried};
pub use method::{ChosenMethod, PaymentMethod, choose_for_order, refuse_card_number};
pub use outcome::{Outcome, outcome, outcome_of_new};
pub use problem::{PaymentProblemCode, Problem, problem};
pub use retry::{Retry, is_retryable, retry, retry_once};
