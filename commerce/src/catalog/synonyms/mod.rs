//! Terms that shoppers use for the same thing, as staff group them. Search engines know all of them at once: the job
//! [`push`](run) brings a change to the engine in use, a rebuild begins with them, and where the database answers
//! in the engine's place it reads them itself.

mod change;
mod check;
mod find;
mod push;
mod table;

pub(crate) use self::table::{bound_in, for_engines, in_searches, push};
pub use self::{
    change::{SynonymGroupEdit, create, delete, restore, update},
    find::{SynonymGroupFilter, by_id, list, terms},
    push::run,
};
