//! Cards that shoppers have saved. The provider keeps them, for a customer of its own that it knows ours by; here stands what
//! their owner tells them apart by, and never a number.
//!
//! An attempt names the customer (`choose`) and whether its card is to be saved. Before it is sent the provider is
//! asked to make that customer (`customer`), once; what it saved it tells with the charge that has gone through (`keep`).
//! What changes there afterwards its webhooks tell of (`follow`), and a look-up what it is (`check`); a card or a customer that is
//! gone is forgotten here, too, at the latest when it is to pay (`lost`).

mod calls;
pub mod check;
pub(super) mod choose;
pub(super) mod customer;
mod default;
pub mod delete_customer;
pub mod detach;
pub(super) mod follow;
mod forget;
pub(super) mod keep;
mod list;
pub(super) mod lost;
mod remove;

pub use choose::choose;
pub use default::make_default;
pub(crate) use forget::{forget, forget_customer};
pub use list::list;
pub use remove::remove;
