//! Staff say which taxes are due where.

mod check;
mod create;
mod draft;
mod find;
mod remove;
mod row;
mod update;

pub use self::{
    create::{create, create_in, init},
    draft::{RateChange, RateDraft},
    find::{RateFilter, all, categories, list, unconfirmed},
    remove::{delete, delete_in, restore},
    update::{update, update_in},
};

/// The most rates of a shop, those that were deleted included.
pub const RATES_MAX: u64 = 5_000;
