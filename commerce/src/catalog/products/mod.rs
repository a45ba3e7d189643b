//! Staff create products in part, and copy them.

mod create;
mod duplicate;
mod slug;

pub use self::{
    create::{ProductCreate, create},
    duplicate::{ProductDuplicate, duplicate},
};
