//! Stock: on hand, reserved, available; the holds that orders have on it; and the ledger that
//! explains every unit.
//!
//! Available is `on_hand - reserved` and never falls below zero: each change checks and writes in
//! one statement, and the table has the same condition. Lines are taken in SKU order, so that two
//! orders that want the same goods never wait for each other in a circle.
//!
//! What does not lie there may be promised, where staff said so (`policy`), and is given to those who wait
//! as soon as it comes (`backorder`).

mod adjust;
mod amend;
pub(crate) mod availability;
mod backorder;
mod check;
mod count;
pub mod counts;
mod entries;
mod ledger;
mod levels;
mod load;
mod low_stock;
mod moves;
mod place;
mod policy;
mod reservation;
mod reserve;
mod returned;
mod take;
pub mod transfers;
mod waiting;

pub use adjust::{Adjust, adjust};
pub(crate) use amend::{give_back, wait_for_less};
pub use availability::{Availability, Promise, StockStatus, availability_of, statuses_of};
pub use backorder::{Filled, backorders_of, backorders_on, fill, next_to_fill, waiting_of, withdraw};
pub use check::{Unexplained, unexplained};
pub use count::{Count, set_on_hand};
pub use entries::entries;
pub use levels::{LevelFilter, levels};
pub use load::stock_of;
pub use low_stock::is_low;
pub(crate) use place::usual_location;
pub use policy::{PolicySet, policies_of, set_policy, set_policy_in};
pub(crate) use policy::{policies_on, put_policies, told};
pub use reservation::{Deduction, begin_deduction, deduct, held_until, hold_until, put_back, release, taken_for};
pub use reserve::{Demand, Held, reserve};
pub(crate) use returned::take_back;
pub use waiting::waiting;

/// The most units that one variant may have at a location.
pub(crate) const ON_HAND_MAX: i64 = 1_000_000_000;

#[cfg(test)]
mod tests;
