//! Who shoppers and staff are: accounts, passwords, sessions.
//!
//! A sign-in is a [`session`]: a short access token (see [`token`]), and a refresh token that is used once and
//! replaced.
//!
//! An account begins as a [`sign_up`], which nobody can sign in to and of which nobody learns but whoever has the
//! address, and is one once they have [confirmed](confirm) it. So the address of every customer is proven, but of accounts
//! that an older version opened (`customer.address_proven`).

mod account;
pub mod addresses;
pub mod confirm;
pub mod consent;
pub mod email_change;
pub mod find;
mod follow;
pub mod keys;
pub(crate) mod link;
pub mod login;
pub(crate) mod notice;
pub mod own;
pub mod password;
pub mod reset;
pub mod session;
pub mod sign_up;
pub(crate) mod store;
pub(crate) mod take_over;
pub mod token;

pub use account::Holder;
pub use follow::{follow, open};
pub use session::SignedIn;
