//! Imports Shopify's product CSV: the classic export, and the newer template with other column
//! names.
//!
//! [`read`] turns a file into drafts and names every fault by row and column; it touches no
//! database. [`apply`] then writes the whole file or nothing; [`dry_run`] goes all the way with
//! the database, too, and takes everything back.

mod apply;
mod cell;
mod gift_card;
mod header;
mod own_pictures;
mod price;
mod problem;
mod product;
mod read;
mod row;
mod source;
mod step;
#[cfg(test)]
mod tests;
mod variant;

pub use self::{
    apply::{ImportReport, apply, dry_run},
    problem::{RowProblem, Severity},
    read::{Parsed, read},
};
pub(crate) use self::{
    apply::{is_free_of_conflicts, pause},
    problem::Problems,
    source::{Next, Source},
    step::{Step, rehearse_step, write_step},
};
pub(super) use self::{
    cell::write_list,
    gift_card::written as write_amounts,
    header::{Column, OPTIONS, attribute_column, metafield_column},
    product::NO_OPTION,
    variant::NO_PRICE,
};
