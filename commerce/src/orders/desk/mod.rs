//! The order's desk: how staff find orders, and what they write about them among themselves.

mod list;
mod notes;
mod search;
mod tags;

pub use self::{
    list::{OrderFilter, OrderSort, count, list},
    notes::{add as add_note, delete as delete_note, notes_of, restore as restore_note, update as update_note},
    search::fill_missing,
    tags::{add as add_tags, remove as remove_tags, tags_of},
};
pub(crate) use search::{write as make_findable, write_new as make_new_findable};
