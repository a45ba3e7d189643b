//! Sign-ins. A session is a family of refresh tokens, each used once and replaced by the next;
//! only their SHA-256 is stored.
//!
//! A token that comes twice was copied: nobody can tell who is the owner, so the whole
//! session ends and both must sign in again. A client must therefore refresh from one place at a
//! time. A session ends at a fixed time after its sign-in, however often it is refreshed.
//!
//! Whatever ends a session goes through `end`: its tokens open nothing any more, on this server before it
//! answers, and on every other within a message of the bus or, should that be lost, the poll behind it.

mod end;
mod forget;
mod list;
mod open;
mod refresh_hash;

pub use self::{
    end::{SESSIONS_MAX, end_own, sign_out, sign_out_everywhere},
    forget::forget_ended,
    list::list,
    open::{SignedIn, refresh},
};
pub(crate) use self::{
    end::{Which, end, holder, key},
    list::of,
    open::open,
};
pub(crate) use super::account::Account;
