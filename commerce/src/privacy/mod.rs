//! What is kept of a person: told to them as a file, and erased. `PRIVACY.md` is the list of what that is; whoever
//! keeps more of a person adds it there, to [`export`] and to [`erasure`].

pub mod erasure;
pub mod export;
pub(crate) mod inactivity;
mod person;

pub use person::{Whose, one_of};
