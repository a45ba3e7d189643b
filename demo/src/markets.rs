//! Where the demo shop sells in another currency than its own: dollars with the tax on top, and yen.

use vitrine_commerce::{
    Context, Result, Shop,
    settings::markets::{self, MarketDraft, PriceListChange},
};
use vitrine_entity::price_list::Rounding;

/// A market, and how its prices are made.
struct DemoMarket {
    name: &'static str,
    countries: &'static [&'static str],
    currency: &'static str,
    rate: &'static str,
    rounding: Rounding,
    prices_include_tax: bool,
    /// Where the shop speaks it.
    language: &'static str,
}

const MARKETS: [DemoMarket; 2] = [
    DemoMarket {
        name: "North America",
        countries: &["CA", "US"],
        currency: "USD",
        rate: "1.1",
        rounding: Rounding::Ending99,
        prices_include_tax: false,
        language: "en",
    },
    DemoMarket {
        name: "Japan",
        countries: &["JP"],
        currency: "JPY",
        rate: "165",
        rounding: Rounding::Tens,
        prices_include_tax: true,
        language: "ja",
    },
];

/// Opens the demo's markets, unless the shop has any. Prices in their currencies follow by a job.
///
/// # Errors
/// Where a market is refused, which is a fault of ours.
pub async fn open_markets(shop: &Shop) -> Result<()> {
    let context = &Context::system(shop, "demo");
    let profile = shop.profile();
    if !profile.markets.is_empty() || !profile.price_lists.is_empty() {
        return Ok(());
    }
    for market in MARKETS
        .iter()
        .filter(|market| market.currency != profile.currency.code())
    {
        let change = PriceListChange {
            rate: Some(market.rate.to_owned()),
            rounding: Some(market.rounding),
            prices_include_tax: Some(market.prices_include_tax),
            ..PriceListChange::default()
        };
        markets::set_list(shop, context, market.currency, None, change).await?;
        let is_spoken = profile.languages.iter().any(|language| **language == *market.language);
        let draft = MarketDraft {
            name: market.name.to_owned(),
            countries: market.countries.iter().map(|code| (*code).to_owned()).collect(),
            currency: market.currency.to_owned(),
            language: is_spoken.then(|| market.language.to_owned()),
        };
        markets::create(shop, context, draft).await?;
    }
    Ok(())
}

/// Takes away those that nobody has changed, with their price lists.
pub(crate) async fn close_markets(shop: &Shop, context: &Context) -> Result<()> {
    for market in &MARKETS {
        let profile = shop.profile();
        let ours = profile
            .markets
            .iter()
            .find(|row| row.name == market.name && row.version == 1);
        let Some(row) = ours else { continue };
        markets::delete(shop, context, row.id, Some(1)).await?;
        let profile = shop.profile();
        let is_used = profile.markets.iter().any(|row| row.currency.code() == market.currency);
        let list = profile
            .price_lists
            .iter()
            .find(|list| list.currency.code() == market.currency);
        if !is_used && list.is_some_and(|list| list.version == 1) {
            markets::delete_list(shop, context, market.currency, Some(1)).await?;
        }
    }
    Ok(())
}
