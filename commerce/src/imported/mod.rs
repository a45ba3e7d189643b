//! Orders of another shop system, as its export tells of them ([`moving`](crate::moving) reads it): history that staff and
//! whoever placed them see, and nothing else. They stand apart from the shop's own orders, so that nothing pays, sends, counts
//! or documents them by mistake.

mod erase;
mod find;
mod person;
mod put;

pub use self::find::{ImportedOrderFilter, list, of_customer};
pub(crate) use self::{
    erase::{ask_erasure, erase_due},
    person::{adopt, of_guest, of_person, placed_by},
    put::{Put, key, put},
};
