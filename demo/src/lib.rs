//! The demo shop: an invented house for home, desk and garden in Germany, which a first start shows
//! whole. Its goods and its region are data ([`catalogue`] and `region.toml`), its pictures are
//! drawn by program, [`seed`] writes them through the use cases that a merchant's own shop has, and
//! [`remove`] takes them away again.

pub mod catalogue;
mod content;
mod discounts;
mod footprint;
mod languages;
mod markets;
mod picture;
mod region;
mod seed;
mod staff;

pub use catalogue::picture;
pub use content::open_pages;
pub use discounts::open_discounts;
pub use markets::open_markets;
pub use seed::{SeedReport, seed};
pub use staff::{EMAIL as STAFF_EMAIL, PASSWORD as STAFF_PASSWORD, is_there as has_staff};

use vitrine_commerce::{
    Context, Result, Shop,
    catalog::find,
    profile::ShopKind,
    settings,
    setup::removal::{self, Removal},
};

/// Makes a shop that nobody has said anything of the demo: a catalogue, and somebody who can dispatch an order.
/// An own shop, and a demo that was set up before, stay as they are.
pub async fn set_up(shop: &Shop) -> Result<SeedReport> {
    let context = &Context::system(shop, "demo");
    if shop.profile().kind != ShopKind::New {
        return Ok(SeedReport::default());
    }
    // Of the version before, which did not say whose goods they are.
    if find::has_products(&shop.db).await? {
        let kind = match has_staff(shop).await? {
            true => ShopKind::Demo,
            false => ShopKind::Own,
        };
        shop.transact(context, |tx| async move { settings::set_kind(&tx, kind).await })
            .await?;
        return Ok(SeedReport::default());
    }
    let report = seed(shop, context, |_, _| {}).await?;
    staff::create(shop, context).await?;
    languages::write(shop, context).await?;
    shop.transact(context, |tx| async move {
        removal::remember(&tx, &footprint::footprint()).await
    })
    .await?;
    Ok(report)
}

/// What [`remove`] would take away.
pub async fn find_removal(shop: &Shop) -> Result<Removal> {
    removal::find(&shop.db, shop.profile().kind, &footprint::footprint()).await
}

/// Takes the demo away, but for what orders name. The shop is the merchant's own from then on.
pub async fn remove(shop: &Shop) -> Result<Removal> {
    let context = Context::system(shop, "demo");
    markets::close_markets(shop, &context).await?;
    discounts::close_discounts(shop, &context).await?;
    content::close_pages(shop, &context).await?;
    removal::forget(shop, &context, &footprint::footprint()).await
}
