//! Staff change the tree. Every change takes its turn first, so that what it has read of the tree holds
//! until it is committed.

mod create;
mod delete;
mod place;
mod restore;
mod row;
mod update;

pub use self::{
    create::{CategoryCreate, create},
    delete::{Branches, CategoryDelete, delete},
    place::{CategoryMove, move_to, reorder},
    restore::{CategoryRestore, restore},
    update::{CategoryUpdate, update},
};
