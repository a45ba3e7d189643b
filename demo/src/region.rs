//! Where the demo shop ships to and which taxes it charges, written only where a shop has none of
//! its own.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_commerce::{
    Result, Tx,
    delivery::{
        shipping::{self, ZoneDraft},
        tax::{self, RateDraft},
    },
};

/// What `region.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Region {
    zones: Vec<ZoneDraft>,
    /// Hundredths of a percent by country.
    standard: BTreeMap<String, i32>,
    /// The same, for printed books.
    books: BTreeMap<String, i32>,
}

/// Writes the zones and rates where there are none.
pub(crate) async fn write(tx: &Tx) -> Result<()> {
    let (zones, rates) = drafts();
    shipping::init(tx, &zones).await?;
    tax::init(tx, &rates).await
}

/// The zones and rates as they are written.
pub(crate) fn drafts() -> (Vec<ZoneDraft>, Vec<RateDraft>) {
    let region: Region = toml::from_str(include_str!("region.toml")).expect("the seed's test reads the embedded file");
    let rates = |category: Option<&str>, rates: BTreeMap<String, i32>| {
        let draft = |(country, basis_points)| RateDraft {
            country,
            tax_category: category.map(str::to_owned),
            name: "VAT".to_owned(),
            basis_points,
            confirmed: true,
            ..RateDraft::default()
        };
        rates.into_iter().map(draft).collect::<Vec<_>>()
    };
    let rates = [rates(None, region.standard), rates(Some("books"), region.books)].concat();
    (region.zones, rates)
}
