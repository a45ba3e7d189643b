//! The files that staff give with a variant.

mod add;
mod change;
mod load;
mod take_up;

pub use self::{
    add::{FileAdd, add},
    change::{FileUpdate, delete, restore, update},
    load::of_variants,
};

/// The most files of a variant.
const FILES_MAX: u64 = 50;

/// The most fetches and days that a file can be given for, where that is bounded.
const FETCHES_MAX: i32 = 10_000;
const DAYS_MAX: i32 = 3_650;
