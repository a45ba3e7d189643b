//! What the shop says of itself: pages, among them the policies under which orders are placed, and menus.
//!
//! A page's text is never changed: a new text is a new row, so that an order names for ever what its
//! shopper agreed to.

mod fields;
pub mod menu;
pub mod page;
pub mod policies;
