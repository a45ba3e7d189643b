//! How this process hears of what has changed that shoppers may have seen, whoever changed it: from the table
//! `public_change`, which triggers fill. It is read as soon as a transaction of this process has committed, when the bus
//! says so, and several times a second while answers are kept.

mod catch_up;
mod follow;
mod forget;
mod indexed;
mod read;
mod to_index;

pub use catch_up::catch_up;
pub use follow::follow;
pub use forget::forget;
pub(crate) use indexed::index_changed;
pub(crate) use read::position;
pub(crate) use to_index::{note_to_index, to_index};
