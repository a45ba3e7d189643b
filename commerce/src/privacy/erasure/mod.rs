//! A person is erased: their account and what belongs to it goes, their orders stay without them.
//!
//! Orders that are not completed or cancelled need the person: until they are, it is refused, or waits where one was
//! placed meanwhile. Orders that the law wants kept as they are (`Settings::order_retention_years`) lose the person
//! when that time is over, by themselves; orders of guests also where nobody asks, if the shop says when. What the ledgers of money, stock and staff say is never changed: they know
//! ids.

mod ask;
mod belongings;
mod known;
mod order;
mod plan;
mod run;
mod start;

pub(super) use self::start::begin;
pub use self::{
    ask::{ask, confirm},
    plan::{Plan, plan},
    start::start,
};
pub(crate) use self::{
    ask::{is_open, url},
    known::erased_at,
    order::{erase_due, erase_of_guests},
    run::{forget, run},
};
