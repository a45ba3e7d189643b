//! What the frame of every page lets its visitor choose: the languages that the shop has, and the countries that it sends to.

use minijinja::{Value, context};
use serde::Serialize;

use crate::{
    documents::layout::{LayoutCountries, ResponseData},
    shown::value,
    words::primary,
};

/// Countries whose prices are in one currency. Those of no market have no name.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Group<'a> {
    name: Option<&'a str>,
    currency: &'a str,
    countries: Vec<Offered<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Offered<'a> {
    code: &'a str,
    /// Nothing where the shop sends nothing there: the page's own words know some of them.
    name: Option<&'a str>,
}

/// The country whose prices a page shows.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Place<'a> {
    code: &'a str,
    name: Option<&'a str>,
    currency: &'a str,
}

/// For the page's footer. `spoken`: the languages that pages can be had in; `language`: the one that this page is in.
pub fn offered<'a>(frame: &ResponseData, spoken: impl Iterator<Item = &'a str>, language: &str) -> Value {
    context! {
        languages => value(&languages(&frame.shop.locales, spoken, language)),
        place => value(&place(frame)),
    }
}

/// Nothing where there is no other to choose.
fn place(frame: &ResponseData) -> Option<Place<'_>> {
    let shown = &frame.shop.context;
    let destinations = destinations(frame);
    let countries = || destinations.iter().flat_map(|group| &group.countries);
    let name = countries().find(|country| country.code == shown.country);
    (countries().count() > 1).then(|| Place {
        code: &shown.country,
        name: name.and_then(|country| country.name),
        currency: &shown.currency,
    })
}

/// Those in which the shop has its texts, and the page's own: whoever reads another has it from their browser.
fn languages<'a>(shops: &[String], spoken: impl Iterator<Item = &'a str>, language: &str) -> Vec<&'a str> {
    let is_the_shops = |tag: &str| shops.iter().any(|own| primary(own) == primary(tag));
    spoken.filter(|tag| is_the_shops(tag) || *tag == language).collect()
}

/// Where the shop sends to, to choose from: first those of no market, in the shop's own currency.
pub fn destinations(frame: &ResponseData) -> Vec<Group<'_>> {
    let name_of = |code: &str| {
        let found = frame.countries.iter().find(|country| country.code == code);
        found.map(|country| country.name.as_str())
    };
    let offered = |code| Offered {
        code,
        name: name_of(code),
    };
    let of_markets = || frame.markets.iter().flat_map(|market| &market.countries);
    let is_free = |code: &str| !of_markets().any(|country| country.code == code);
    let mut others: Vec<_> = frame.countries.iter().map(code).filter(|code| is_free(code)).collect();
    let home = frame.shop.country_code.as_str();
    if is_free(home) && !others.contains(&home) {
        others.insert(0, home);
    }
    let others = Group {
        name: None,
        currency: &frame.shop.currency_code,
        countries: others.into_iter().map(offered).collect(),
    };
    let markets = frame.markets.iter().map(|market| Group {
        name: Some(&market.name),
        currency: &market.currency_code,
        countries: market.countries.iter().map(|country| offered(&country.code)).collect(),
    });
    std::iter::once(others)
        .chain(markets)
        .filter(|group| !group.countries.is_empty())
        .collect()
}

fn code(country: &LayoutCountries) -> &str {
    &country.code
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn frame() -> ResponseData {
        let frame = json!({
            "shop": {
                "name": "A shop", "countryCode": "DE", "timeZone": "UTC", "contactEmail": null, "currencyCode": "EUR",
                "locales": ["en", "pt-BR"], "messageLanguages": ["en", "de"], "policies": [],
                "context": { "country": "DE", "language": "en", "currency": "EUR", "pricesIncludeTax": true, "chargesTax": true, "taxKind": "VALUE_ADDED" },
            },
            "categories": [],
            "markets": [{ "name": "America", "currencyCode": "USD", "countries": [{ "code": "CA" }, { "code": "US" }] }],
            "countries": [{ "code": "AT", "name": "Austria" }, { "code": "US", "name": "United States" }],
            "main": null, "footer": null,
        });
        serde_json::from_value(frame).expect("a frame")
    }

    #[test]
    fn every_country_that_is_sent_to_is_offered_once() {
        let frame = frame();
        let told: Vec<_> = destinations(&frame)
            .iter()
            .map(|group| {
                let codes: Vec<_> = group.countries.iter().map(|country| country.code).collect();
                format!("{} {}: {}", group.name.unwrap_or("-"), group.currency, codes.join(" "))
            })
            .collect();
        assert_eq!(told, ["- EUR: DE AT", "America USD: CA US"]);
    }

    #[test]
    fn a_page_tells_whose_prices_it_shows_where_there_are_others() {
        fn told(frame: &ResponseData) -> Option<(Option<&str>, &str)> {
            place(frame).map(|place| (place.name, place.currency))
        }
        let mut frame = frame();
        assert_eq!(told(&frame), Some((None, "EUR")), "nothing is sent to Germany");
        "AT".clone_into(&mut frame.shop.context.country);
        assert_eq!(told(&frame), Some((Some("Austria"), "EUR")));
        frame.markets.clear();
        frame.countries.clear();
        assert_eq!(told(&frame), None);
    }

    #[test]
    fn the_shops_languages_are_offered() {
        let frame = frame();
        let spoken = || ["ar", "de", "en", "pt"].into_iter();
        assert_eq!(languages(&frame.shop.locales, spoken(), "en"), ["en", "pt"]);
        assert_eq!(languages(&frame.shop.locales, spoken(), "de"), ["de", "en", "pt"]);
    }
}
