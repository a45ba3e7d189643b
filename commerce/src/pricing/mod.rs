//! What a basket costs. Pure: no clock, no database, nothing asynchronous.
//!
//! Everything is in integer minor units of one currency. Tax is computed a line at a time, on what
//! is left of the line's price after discounts and fees, and rounded half to even; the order's tax
//! is the sum of what its lines show, so that an invoice adds up. Where prices include tax, the tax
//! is the part of the line that is tax, and adds nothing to the total; where they do not, it comes
//! on top. Shipping is taxed at a rate of its own, or as the goods are: it is then split among their rates by
//! the largest remainder, and each part taxed at its rate. Where several taxes are due on one price, their sum
//! is rounded once and split among them in the same way. [`without_tax`] is for those who pay none, [`net`] for
//! those who are shown prices without it; [`Deal`] says which of several prices somebody pays; [`price_in_steps`] for what is paid in steps larger than a minor unit.
//!
//! Whatever changes a price is an [`Adjustment`]: to add a discount, a fee or a gift card, produce
//! one. What is meant for the whole order's goods is split among its lines by the largest
//! remainder, so that each line carries its part, and the parts add up.

mod adjust;
mod allocate;
mod basket;
#[cfg(test)]
mod converted_tests;
mod deal;
#[cfg(test)]
pub(crate) mod document_tests;
mod price;
mod shipping;
mod steps;
mod tax;
#[cfg(test)]
mod tax_tests;
#[cfg(test)]
mod tests;
mod untaxed;

pub use adjust::{Applied, Share, ShareOf};
pub(crate) use allocate::allocate;
pub use basket::{
    Adjustment, Basket, Effect, LineToPrice, Origin, Rate, RatePart, ShippingTax, ShippingToPrice, Target,
};
pub use deal::{Deal, Offer, QuantityPrice, QuantityRule, Won};
pub use price::{Priced, PricedLine, Totals, price};
pub use steps::{net_in_steps, net_of_in_steps, price_in_steps, without_tax_in_steps};
pub use tax::TaxLine;
pub use untaxed::{net, without_tax};
