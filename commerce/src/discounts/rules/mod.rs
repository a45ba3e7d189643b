//! Which discounts a basket has, and how much each takes off. Pure: no clock, no database, nothing asynchronous.
//!
//! `resolve` puts what staff wrote into amounts of the basket's currency. `qualify` says whether a discount is for a
//! basket, or why not; `amount` and `bundle` how much it takes off of what those before it have left; `combine` finds
//! which of them together take most off; `decide` puts it together.
//!
//! What holds everywhere:
//!
//! - Minimums, tiers and what must be bought are counted at the prices before any discount, as the shopper sees them.
//! - Those of lines apply first, then those of the order, then those of shipping; within a class the higher priority, and
//!   of equals the older. Each takes of what is left, and never more than that.
//! - Two apply together where each allows the other's class. Of all that may, those do that take most off together; of
//!   equals those of higher priority.
//! - The order of the lines makes no difference: where units are equal, the variant's id decides.

mod amount;
mod basket;
mod bundle;
mod combine;
mod decide;
mod measure;
mod qualify;
mod resolve;
mod rule;
#[cfg(test)]
pub(super) mod tests;

pub(crate) use amount::{percentage, whole_steps};
pub use basket::{Basket, Line};
pub use decide::{Decision, Given, Offer, decide};
pub use measure::Missing;
pub use qualify::Unmet;
pub use resolve::{Exchange, resolve};
pub use rule::{Candidate, Code, Goods, Off, Rule, Threshold, Uses, What};
