//! Groups of customers, as staff make them: prices and discounts go by them.

mod change;
mod find;
mod members;

pub use self::{
    change::{CustomerGroupChange, CustomerGroupDraft, create, delete, restore, update},
    find::{by_id, groups_of_customers, list, member_counts},
    members::{add, remove},
};
