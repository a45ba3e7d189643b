//! The demo shop: an invented house for home, desk and garden in Germany, which a first start shows
//! whole. Its goods and its region are data ([`catalogue`] and `region.toml`), its pictures are
//! drawn by program, and [`seed`] writes them through the use cases that a merchant's own shop has.

pub mod catalogue;
mod picture;
mod region;
mod seed;
mod staff;

pub use catalogue::picture;
pub use seed::{SeedReport, seed};
pub use staff::{EMAIL as STAFF_EMAIL, PASSWORD as STAFF_PASSWORD};

use vitrine_commerce::{Context, Result, Shop};

/// Makes an empty shop the demo: a catalogue, and somebody who can dispatch an order.
pub async fn set_up(shop: &Shop) -> Result<SeedReport> {
    let context = Context::system(shop, "demo");
    let report = seed(shop, &context, |_, _| {}).await?;
    staff::create(shop, &context).await?;
    Ok(report)
}
