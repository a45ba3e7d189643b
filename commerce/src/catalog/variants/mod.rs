//! Staff create, change, delete, restore and reorder the variants of a product, many at once and each in
//! part: what a change does not name stays as it is.
//!
//! All of a product's variants are read with its options (`family`), changed in memory, checked as a whole,
//! and what differs is written: uniqueness, option values and prices cannot come apart.

pub mod barcode;
mod chosen;
mod create;
mod delete;
mod family;
mod fields;
mod reorder;
mod rows;
mod sku;
mod update;

pub use self::{
    chosen::chosen,
    create::{NewVariant, VariantsCreate, create},
    delete::{VariantsSelect, delete, restore},
    fields::VariantFields,
    reorder::{VariantsReorder, reorder},
    rows::Edited,
    update::{VariantChange, VariantsUpdate, update},
};
pub(super) use self::{
    create::{add, add_stock},
    family::{Family, Paths, ProductOption, live, paths, strings},
    sku::{Wanted, name},
};
