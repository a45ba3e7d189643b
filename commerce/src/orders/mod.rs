//! The record of placed orders: their machine, their timeline, and who may see them. What moves an order
//! for a reason outside of it stands in [`fulfilment`](crate::fulfilment).
//!
//! [`state`] is the pure machine; [`transition`] is the one place that moves an order, and with
//! each move writes its timeline entry, its mail's job and its customer's notification in the same
//! transaction.

pub mod access;
pub(crate) mod adopt;
mod alert;
pub mod analytics;
mod cancel_reason;
pub mod desk;
pub mod discount_report;
mod due;
mod erased;
mod find;
mod fulfilled;
mod language;
mod link_request;
pub mod load;
pub mod number;
mod progress;
pub mod state;
mod timeline;
pub mod transition;
mod updates;
mod wait;
mod watch;

pub(crate) use alert::{Alert, ChargeDifference, Purpose, alert};
pub(crate) use cancel_reason::CancelReason;
pub use due::due_minor;
pub(crate) use erased::{NOBODY, is_erased};
pub use find::{count_mine, find, find_by_number, mine};
pub use fulfilled::{FulfilmentStatus, LineFulfilment, fulfilment_of, fulfilment_status};
pub(crate) use fulfilled::{fulfilment_on, sent_on};
pub(crate) use language::language_of;
pub use link_request::{LinkRequest, request_link};
pub(crate) use load::{EDIT_REFUNDS, TAKEN_OFF};
pub use progress::{Progress, Step, StepState, progress};
pub use timeline::{cursor, message, timeline};
pub use transition::begin;
pub(crate) use transition::begin_with;
pub use updates::{OrderUpdate, follow};
pub(crate) use wait::{Since, wait_since};
pub use wait::{wait, wait_within};
