//! Who shoppers and staff are: accounts, passwords, sessions.
//!
//! A sign-in is a [`session`]: a short access token (see [`token`]), and a refresh token that is used once and
//! replaced.

mod account;
pub mod find;
mod follow;
pub mod keys;
pub mod login;
pub mod password;
pub mod session;
pub mod sign_up;
pub mod token;

pub use account::Holder;
pub use follow::{follow, open};
pub use session::SignedIn;
