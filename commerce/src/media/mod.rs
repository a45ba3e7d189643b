//! Pictures in the shop's own store.
//!
//! What comes in is looked at first (`receive`): only what decodes as a picture is stored, without
//! anything that is not the picture, under the hash of its bytes. So an object never changes, the same
//! picture is there once, and its address may be cached for ever. `picture.source` and an order's line
//! keep that address ([`address`]) as a path: where the shop is, and which CDN stands before it, is said
//! when it is shown. Sizes and formats are made when they are first asked for ([`serve`]).
//!
//! A picture that lies elsewhere stays named by its web address, and is fetched by jobs ([`import`]);
//! whoever shows it looks whether it has come ([`load`]).
//!
//! To give another thing a picture: take a [`MediaId`](vitrine_entity::ids::MediaId) and
//! [`usable`] in its use case, store [`source`] of the row and the text beside it, and add a row to
//! the table in `uses.rs`, so that the picture cannot be deleted under it.

pub mod address;
mod create;
mod delete;
mod hash;
pub mod import;
mod list;
pub mod load;
mod name;
mod purge;
mod receive;
mod rules;
pub mod serve;
mod update;
pub mod upload;
mod uses;

pub use self::{
    create::{MediaCreate, add, create},
    delete::{MediaDelete, delete, restore},
    list::{list, one},
    rules::{ALT_MAX, require, source, usable},
    update::{MediaUpdate, update},
    uses::{Use, uses_of},
};
pub(crate) use self::{
    purge::{forget_uploads, purge},
    receive::receive,
    rules::usable_sources,
};
