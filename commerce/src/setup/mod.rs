//! How a shop comes to be and is furnished at once: an own one is opened, the demo is taken away, a file is
//! applied. What is written goes through the use cases that staff have.

mod amounts;
pub mod file;
pub mod open;
mod region;
pub mod removal;
pub mod vat;
mod words;

pub use amounts::{ShippingPrices, proposed};
pub use open::{Opening, check, is_open, open};
