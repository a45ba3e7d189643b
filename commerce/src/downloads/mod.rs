//! Files that are sold: what staff give with a variant ([`files`]), and what a paid order gives of it.
//!
//! A file lies in the store under the name of its upload, which nobody knows and no public path leads to. An order
//! that is paid gets a row for each file of what it sold (`grant`); its link is signed, and opens as long as the
//! row says (how often, until when), and the order and its payments say that it is paid: a cancelled or refunded
//! order's links end by themselves. A link counts before the first byte is sent, by one statement ([`fetch`]).

pub mod fetch;
pub mod files;
mod grant;
mod link;
mod load;
mod purge;
mod renew;

pub(crate) use self::{
    grant::{grant, is_open},
    load::of_order,
    purge::purge,
};
pub use self::{
    link::link,
    load::{Download, DownloadState, of_orders},
    renew::{Renew, renew},
};
