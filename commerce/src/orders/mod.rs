//! Placed orders: their machine, their timeline, and what happens to them.
//!
//! [`state`] is the pure machine; [`transition`] is the one place that moves an order, and with
//! each move writes its timeline entry, its mail's job and its customer's notification in the same
//! transaction. The other files are verbs.

pub mod access;
mod cancel;
mod complete;
pub mod confirm;
mod dispatch;
mod due;
pub mod expire;
mod find;
pub mod load;
pub mod number;
mod progress;
pub mod state;
mod timeline;
pub mod transition;
mod updates;

pub use cancel::{Cancel, cancel};
pub use complete::complete;
pub use dispatch::{Dispatch, dispatch};
pub use due::due_minor;
pub use find::{OrderFilter, find, find_by_number, list, mine};
pub use progress::{Progress, Step, StepState, progress};
pub use timeline::{cursor, message, timeline};
pub use transition::begin;
pub use updates::{OrderUpdate, follow};
