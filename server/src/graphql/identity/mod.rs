//! Accounts at providers of OpenID Connect, by which members of staff sign in.

pub mod mutation;
pub mod object;
pub mod query;
