//! Staff change collections, and what is in them. Whoever changes one locks its row first.

mod assemble;
mod edit;
mod life;
mod picks;
mod row;

pub use self::{
    assemble::assemble_in,
    edit::{CollectionCreate, CollectionUpdate, create, create_in, update, update_in},
    life::{CollectionDelete, CollectionRestore, delete, delete_in, restore, restore_in},
    picks::{Picks, ProductMove, add, add_in, remove, remove_in, reorder},
};
