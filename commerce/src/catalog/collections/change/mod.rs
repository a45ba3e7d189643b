//! Staff change collections, and what is in them. Whoever changes one locks its row first.

mod edit;
mod life;
mod picks;
mod row;

pub use self::{
    edit::{CollectionCreate, CollectionUpdate, create, update},
    life::{CollectionDelete, CollectionRestore, delete, restore},
    picks::{Picks, ProductMove, add, remove, reorder},
};
