//! The sections of the file, one a file. What others name stands before them.

mod address;
mod amount;
mod categories;
mod collections;
mod defaults;
mod discounts;
mod flags;
mod heading;
mod locations;
mod market_goods;
mod markets;
mod menus;
mod pages;
mod price_lists;
mod roles;
mod settings;
mod tax_rates;
mod translations;
mod zones;

use std::marker::PhantomData;

use super::{
    engine::{AnySection, Of},
    read::given,
};
use crate::{Result, money::Currency};

/// All of them, in the order in which they stand in the file and are applied.
pub(super) fn all() -> Vec<Box<dyn AnySection>> {
    vec![
        Box::new(Of::<settings::Settings>(PhantomData)),
        Box::new(Of::<price_lists::PriceLists>(PhantomData)),
        Box::new(Of::<markets::Markets>(PhantomData)),
        Box::new(Of::<locations::Locations>(PhantomData)),
        Box::new(Of::<zones::Zones>(PhantomData)),
        Box::new(Of::<tax_rates::TaxRates>(PhantomData)),
        Box::new(Of::<roles::Roles>(PhantomData)),
        Box::new(Of::<flags::Flags>(PhantomData)),
        Box::new(Of::<categories::Categories>(PhantomData)),
        Box::new(Of::<collections::Collections>(PhantomData)),
        Box::new(Of::<market_goods::Goods>(PhantomData)),
        Box::new(Of::<discounts::Discounts>(PhantomData)),
        Box::new(Of::<pages::Pages>(PhantomData)),
        Box::new(Of::<menus::Menus>(PhantomData)),
        Box::new(Of::<translations::Translations>(PhantomData)),
    ]
}

/// The currency that the file gives the shop.
pub(super) fn currency(text: &str) -> Result<Option<Currency>> {
    let settings = given::<settings::Settings>(text)?.unwrap_or_default();
    let code = settings.into_iter().next().and_then(|given| given.entry.currency);
    // One that is none is refused where the settings are written, with its line.
    Ok(code.and_then(|code| code.trim().to_ascii_uppercase().parse().ok()))
}
