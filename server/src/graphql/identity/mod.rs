//! Accounts at providers of OpenID Connect, by which members of staff sign in, or customers.

pub mod mutation;
pub mod object;
pub mod query;
