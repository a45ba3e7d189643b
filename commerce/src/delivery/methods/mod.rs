//! Staff say how the shop sends, and for how much.

mod change;
mod create;
mod find;
mod order;
mod remove;
mod row;
mod update;

pub use self::{
    change::MethodChange,
    create::{create, create_in},
    find::of_zones,
    order::{reorder, reorder_in},
    remove::{delete, delete_in, restore},
    update::{update, update_in},
};

/// The most methods of a zone, those that were deleted included.
pub const METHODS_MAX: usize = 100;
