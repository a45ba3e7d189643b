//! The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes on paper.
//!
//! The secret that makes the codes is derived from a random nonce with the shop's own secret: the database holds
//! nothing by which anybody could make a code. Where the shop's secret changes, second factors go on for as long as
//! the one before is listed (`auth.signing_secrets_previous`), and must be set up anew before it goes;
//! `vitrine staff second-factor-reset` lets the first administrator in.

mod codes;
mod prove;
mod recovery;
mod renew;
mod set_up;

pub(crate) use self::prove::{Proof, prove};
pub use self::{
    renew::renew,
    set_up::{Setup, confirm, disable, reset_of, set_up},
};
