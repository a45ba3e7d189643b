//! Sign-ins. A session is a family of refresh tokens, each used once and replaced by the next;
//! only their SHA-256 is stored.
//!
//! A token that comes again within some seconds is given the same successor: two windows refresh at once, and answers
//! get lost. One that comes again after that was copied: nobody can tell who is the owner, so the whole session ends
//! and both must sign in again. Who took a token within those seconds holds the same successor as its owner, and is
//! found out as soon as the other has used it. A session ends at a fixed time after its sign-in, however often it is
//! refreshed.
//!
//! Whatever ends a session goes through `end`: its tokens open nothing any more, on this server before it
//! answers, and on every other within a message of the bus or, should that be lost, the poll behind it.

mod end;
mod forget;
mod list;
mod open;
mod refresh;
mod refresh_hash;

pub use self::{
    end::{SESSIONS_MAX, end_own, sign_out, sign_out_everywhere},
    forget::forget_ended,
    list::list,
    open::SignedIn,
    refresh::refresh,
};
pub(crate) use self::{
    end::{Which, end, holder, key},
    list::of,
    open::open,
};
pub(crate) use super::account::Account;
