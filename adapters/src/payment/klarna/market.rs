//! Where Klarna pays: in a country, and in that country's own currency alone. Of anything else it would say no only when
//! the shopper has ordered.

use vitrine_commerce::money::Currency;

/// Countries by the currency that Klarna pays in there.
const MARKETS: [(&str, &[&str]); 15] = [
    (
        "EUR",
        &["AT", "BE", "DE", "ES", "FI", "FR", "GR", "IE", "IT", "NL", "PT", "SK"],
    ),
    ("AUD", &["AU"]),
    ("CAD", &["CA"]),
    ("CHF", &["CH"]),
    ("CZK", &["CZ"]),
    ("DKK", &["DK"]),
    ("GBP", &["GB"]),
    ("HUF", &["HU"]),
    ("MXN", &["MX"]),
    ("NOK", &["NO"]),
    ("NZD", &["NZ"]),
    ("PLN", &["PL"]),
    ("RON", &["RO"]),
    ("SEK", &["SE"]),
    ("USD", &["US"]),
];

/// Whether Klarna pays there, in that.
pub(super) fn pays(country: &str, currency: Currency) -> bool {
    let code = currency.code();
    let mut markets = MARKETS.iter().filter(|(currency, _)| *currency == code);
    markets.any(|(_, countries)| countries.contains(&country))
}

/// Whether tax is told as a line of its own there.
pub(super) fn tells_tax_apart(country: &str) -> bool {
    country == "US"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_pays_in_a_countrys_own_currency() {
        for (country, currency, expected) in [
            ("DE", "EUR", true),
            ("SE", "SEK", true),
            ("US", "USD", true),
            ("SE", "EUR", false),
            ("DE", "USD", false),
            ("JP", "JPY", false),
            ("", "EUR", false),
            ("de", "EUR", false),
        ] {
            assert_eq!(
                pays(country, currency.parse().unwrap()),
                expected,
                "{country} {currency}"
            );
        }
    }
}
