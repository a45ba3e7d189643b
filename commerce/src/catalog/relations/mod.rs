//! Products that are shown beside a product: what staff put there, and else what stands near it.

mod load;
mod set;

pub(super) use self::set::copy;
pub use self::{
    load::{RELATED_MAX, chosen_of, related_of},
    set::{ProductRelations, set},
};
