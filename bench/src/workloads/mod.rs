//! What visitors do. The documents are those that front ends send, in `bench/documents`.

mod flash_sale;
mod purchases;
mod reads;
mod subscribers;

pub use flash_sale::flash_sale;
pub use purchases::{Placed, Purchases};
pub use reads::{engine_is_filled, reads};
pub use subscribers::{ORDER_UPDATES, subscribers};
