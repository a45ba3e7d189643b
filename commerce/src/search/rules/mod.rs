//! What staff want to be found by a term, and where, and what they do not want to be found by it.

mod change;
mod check;
mod curation;
mod find;

pub use self::{
    change::{SearchRuleEdit, create, delete, restore, update},
    find::{SearchRuleFilter, by_id, list, products_of},
};
pub(super) use curation::Curation;
