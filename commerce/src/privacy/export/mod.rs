//! All that is kept of a person, as a JSON file: written by a job, at an address that opens it for a while, and
//! forgotten after a week.

mod events;
mod file;
mod gather;
mod metafields;
mod open;
mod orders;
mod run;
mod start;

pub(super) use self::run::remove_of;
pub(crate) use self::run::{forget, run};
pub use self::{
    open::{Address, address, open},
    start::{find, start},
};
