//! The keys that sign access tokens, over their lives: made, announced, signing, replaced, withdrawn.
//!
//! A new key stands in the JWKS for an hour before it signs, so that whoever keeps a copy of that verifies its first
//! token; the one before verifies until its last token has expired. Nobody is signed out by it. What a key is stands
//! in [`keyring`](crate::keyring).

mod rotate;
mod store;

pub use self::rotate::{Rotation, rotate_if_due};
pub(crate) use self::{
    rotate::rotate,
    store::{open, read_again, refresh, signing},
};
