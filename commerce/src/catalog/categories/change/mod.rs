//! Staff change the tree. Every change takes its turn first, so that what it has read of the tree holds
//! until it is committed.

mod create;
mod delete;
mod place;
mod restore;
mod row;
mod update;

pub use self::{
    create::{CategoryCreate, create, create_in},
    delete::{Branches, CategoryDelete, delete, delete_in},
    place::{CategoryMove, move_to, move_to_in, reorder, reorder_in},
    restore::{CategoryRestore, restore, restore_in},
    update::{CategoryUpdate, update, update_in},
};
