//! Products are taken away and brought back. Orders keep copies of what they sold, so that a product can always
//! go; its row stays, that carts and orders may name it, and it is archived, so that nothing shows or sells it.

mod delete;
mod restore;

pub use self::{
    delete::{ProductDelete, delete},
    restore::{ProductRestore, restore},
};
