//! What sending a parcel may cost, for a start.

use crate::money::Currency;

/// In minor units of the shop's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShippingPrices {
    pub standard_minor: i64,
    pub express_minor: i64,
    /// From this subtotal on, standard costs nothing at home.
    pub free_from_minor: Option<i64>,
    /// To the rest of the European Union, from a country in it.
    pub union_minor: i64,
    /// To everywhere else, if goods go there at all.
    pub world_minor: Option<i64>,
}

/// What an euro is worth, roughly, where it is far from one: nobody should be offered a parcel for 5 yen.
const WORTH: [(&str, i64); 36] = [
    ("AED", 4),
    ("ARS", 1_000),
    ("AUD", 2),
    ("BRL", 6),
    ("CAD", 2),
    ("CLP", 1_000),
    ("CNY", 8),
    ("COP", 5_000),
    ("CZK", 25),
    ("DKK", 7),
    ("EGP", 50),
    ("HKD", 9),
    ("HUF", 400),
    ("IDR", 18_000),
    ("ILS", 4),
    ("INR", 100),
    ("ISK", 150),
    ("JPY", 160),
    ("KRW", 1_600),
    ("MAD", 10),
    ("MXN", 20),
    ("MYR", 5),
    ("NOK", 12),
    ("NZD", 2),
    ("PHP", 60),
    ("PLN", 4),
    ("RON", 5),
    ("RSD", 117),
    ("SAR", 4),
    ("SEK", 11),
    ("SGD", 2),
    ("THB", 40),
    ("TRY", 50),
    ("UAH", 50),
    ("VND", 30_000),
    ("ZAR", 20),
];

/// Prices to begin with in `currency`.
pub fn proposed(currency: Currency) -> ShippingPrices {
    let amount = |euro_cents: i64| {
        let worth = WORTH
            .iter()
            .find(|(code, _)| *code == currency.code())
            .map_or(1, |(_, worth)| *worth);
        let unit = 10i64.pow(currency.exponent());
        match worth {
            1 => euro_cents * unit / 100,
            // In whole units, and with two figures at most.
            _ => round(euro_cents * worth / 100) * unit,
        }
    };
    ShippingPrices {
        standard_minor: amount(490),
        express_minor: amount(1_290),
        free_from_minor: Some(amount(5_900)),
        union_minor: amount(990),
        world_minor: None,
    }
}

fn round(units: i64) -> i64 {
    let step = std::iter::successors(Some(1i64), |step| Some(step * 10))
        .find(|step| units / step < 100)
        .unwrap_or(1);
    (units + step / 2) / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_of_the_currencys_own_size() {
        let prices = |code: &str| {
            let prices = proposed(code.parse().expect("a currency"));
            (prices.standard_minor, prices.express_minor)
        };
        assert_eq!(prices("EUR"), (490, 1_290));
        assert_eq!(prices("GBP"), (490, 1_290));
        assert_eq!(prices("JPY"), (780, 2_100));
        assert_eq!(prices("SEK"), (5_300, 14_000));
        assert_eq!(prices("KWD"), (4_900, 12_900));
        for (code, _) in WORTH {
            assert!(prices(code).0 > 0, "{code}");
        }
    }
}
