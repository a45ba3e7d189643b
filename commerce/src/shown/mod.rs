//! What an answer shows, and whether that has changed since: the ground on which answers are kept.
//!
//! While an answer is made, every statement that is run for it tells which tables it read ([`Reads`]); while it is kept,
//! every change of one of them that this process hears of ([`Showing`]) decides whether it still holds. Both sides are
//! told by what no use case can forget: the statements' own texts here, the tables' own triggers there
//! (`public_change`, which [`changes`](crate::changes) reads).

mod answer;
mod belief;
mod counts;
mod log;
mod reads;
mod showing;
mod tables;
mod tokens;
mod writes;

pub use answer::{Change, Shown};
pub use counts::{Counts, Looks};
pub use reads::{Reads, found_by, inherit, is_watched, note, note_private, of};
pub(crate) use reads::{day_ends, read_as_of, search_ran, searched, time_read};
pub use showing::{Position, Showing};
pub(crate) use tables::TO_INDEX;
pub use tables::{OTHERS, TABLES, TableSet};
pub(crate) use writes::{Writes, may_be_changed_by, may_be_read_late, unseen};

/// Told of every statement that the shop has run, in the task that ran it. Says whether it wrote what shoppers see by
/// itself, in no use case's transaction.
pub fn statement(sql: &str) -> bool {
    reads::statement(sql);
    writes::statement(sql)
}
