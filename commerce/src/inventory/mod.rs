//! Stock: on hand, reserved, available; the holds that orders have on it; and the ledger that
//! explains every unit.
//!
//! Available is `on_hand - reserved` and never falls below zero: each change checks and writes in
//! one statement, and the table has the same condition. Lines are taken in SKU order, so that two
//! orders that want the same goods never wait for each other in a circle.

mod adjust;
mod count;
mod entries;
mod ledger;
mod load;
mod low_stock;
mod place;
mod reservation;

pub use adjust::{Adjust, adjust};
pub use count::{Count, set_on_hand};
pub use entries::entries;
pub use load::stock_of;
pub use low_stock::{is_low, low_stock};
pub(crate) use place::usual_location;
pub use reservation::{Demand, Held, deduct, held_until, hold_until, put_back, release, reserve};

/// The most units that one variant may have at a location.
pub(crate) const ON_HAND_MAX: i64 = 1_000_000_000;

#[cfg(test)]
mod tests;
