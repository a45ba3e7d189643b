//! Attempts to be paid: their machine, and the jobs that move them.

pub(super) mod apply;
mod begin;
mod card_number;
pub mod check;
mod give_up;
mod list;
pub(super) mod load;
mod method;
mod outcome;
mod problem;
pub mod process;
mod retry_once;
pub(super) mod revivable;
pub mod settle;
pub mod state;
pub mod void;
pub mod watch;

pub use begin::{Retry, begin, first_step, is_retryable, retry};
pub use give_up::give_up;
pub use list::{PaymentFilter, by_id, list};
pub(crate) use load::{is_captured, is_in_flight, untried};
pub use method::{ChosenMethod, PaymentMethod, choose};
pub use outcome::{Outcome, WAIT_MAX, outcome};
pub use problem::{PaymentProblemCode, Problem, decline_message, problem};
pub use retry_once::retry_once;
