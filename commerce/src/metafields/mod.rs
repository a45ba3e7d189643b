//! What apps keep with a thing of the shop: values of their own, by namespace and key. The shop shows them and
//! makes nothing of them. Shoppers see those that are public, where they see the thing.

mod copy;
mod delete;
mod import;
mod load;
mod owner;
mod restore;
mod set;
mod value;

pub(crate) use self::{
    copy::copy,
    import::{IMPORTED_MAX, Imported, import, is_importable},
};
pub use self::{
    delete::{MetafieldName, delete},
    load::{of_owners, page},
    owner::Owner,
    restore::restore,
    set::{MetafieldSet, set},
};
