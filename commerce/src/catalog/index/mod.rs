//! Keeps what is built from products in step with them: the listing rows and the search index.
//!
//! # Why the index ends up equal to the database
//!
//! Two jobs for one product may run at once, and the one that read first may write last. So
//! whoever writes documents reads the products *again* afterwards, and writes once more while
//! they differ. Take the last write that the engine got for a product: its writer then saw the
//! database say the same. A change committed after that look has a job of its own, whose write
//! would be later than the last; so there is none, and index and database agree. A writer that
//! dies between its write and its look leaves its job unfinished, and the job is run again.

mod document;
mod follow;
mod forms;
mod held;
pub(super) mod listing;
mod prices;
mod push;
mod read;
mod rebuild;
mod run;
mod said;
mod translated;
mod upkeep;
mod walk;

pub use self::{
    document::plain_text,
    follow::{Followed, begin_to_follow, follow},
    held::{Stamp, catch_up, knows, mark, newest, set_mark},
    prices::run_prices,
    read::documents,
    rebuild::{fill, reindex},
    run::{end_covered, run},
    upkeep::{is_in_step, needs_rebuild},
    walk::{run_categories, run_collection, run_location},
};
