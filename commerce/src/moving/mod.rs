//! Moving from another shop system: its exports of customers, orders, gift cards and redirects. Products go by
//! [`catalog::import`](crate::catalog::import), those of others than Shopify through [`read_products`].
//!
//! [`read()`] makes things of a file's rows, and names what it cannot make anything of by row and column; it touches no database.
//! [`run()`] then writes each thing by itself, in a transaction of its own: what one row has wrong keeps no other out, and the same
//! file may be imported again, which doubles nothing: what nobody changed here since follows it, and the rest stays and is told. A dry run goes the same way and takes each thing back.

mod cell;
mod customers;
mod file;
mod firsts;
mod gift_cards;
mod headings;
mod mapped;
mod orders;
mod outcome;
mod products;
mod put_customer;
mod put_gift_card;
mod put_redirect;
mod read;
mod redirects;
mod report;
mod run;
mod step;
mod thing;
mod write;

pub(crate) use self::step::{may, step};
pub use self::{
    products::read_products,
    read::{Read, read},
    report::MovingReport,
    run::run,
};
pub use vitrine_entity::{imported_order::ImportSource, product_import::ImportKind as Kind};
