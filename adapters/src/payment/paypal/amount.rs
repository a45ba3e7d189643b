//! Amounts as PayPal writes them: decimals, with as many digits as it gives the currency.

use serde::{Deserialize, Serialize};
use vitrine_commerce::money::{Currency, Money};

use super::fault::Fault;

/// What PayPal takes. Of anything else it would say no only when the shopper has ordered.
const CURRENCIES: [&str; 24] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR", "NOK",
    "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
];

/// Of these ISO 4217 has hundredths, and PayPal takes whole ones only.
const WHOLE: [&str; 2] = ["HUF", "TWD"];

/// As PayPal's objects hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Amount {
    pub(super) currency_code: String,
    pub(super) value: String,
}

impl Amount {
    /// # Errors
    /// When PayPal cannot take such an amount.
    pub(super) fn of(money: Money) -> Result<Self, Fault> {
        let impossible = |why: &str| Fault::Impossible(format!("PayPal cannot take {money}: {why}"));
        if !takes(money.currency) {
            return Err(impossible("it does not take this currency"));
        }
        if money.minor <= 0 {
            return Err(impossible("it is not positive"));
        }
        let step = step_minor(money.currency);
        if money.minor % step != 0 {
            return Err(impossible("its decimals must be 0"));
        }
        Ok(Self {
            currency_code: money.currency.code().to_owned(),
            value: match step {
                1 => money.decimal(),
                step => (money.minor / step).to_string(),
            },
        })
    }

    /// # Errors
    /// When the currency is unknown, or the amount has more decimals than it has.
    pub(super) fn money(&self) -> Result<Money, Fault> {
        let nonsense = || Fault::Nonsense(format!("an amount of {:?} {:?}", self.value, self.currency_code));
        let currency: Currency = self.currency_code.parse().map_err(|_| nonsense())?;
        Money::parse(&self.value, currency).map_err(|_| nonsense())
    }
}

/// Whether PayPal takes this currency.
pub(super) fn takes(currency: Currency) -> bool {
    CURRENCIES.contains(&currency.code())
}

/// Of how many of our minor units every amount is a multiple.
pub(super) fn step_minor(currency: Currency) -> i64 {
    match WHOLE.contains(&currency.code()) {
        true => 10i64.pow(currency.exponent()),
        false => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn amounts_are_the_same_money_on_both_sides() {
        for (minor, code, value) in [
            (4999, "EUR", "49.99"),
            (5, "USD", "0.05"),
            (500, "JPY", "500"),
            (120_000, "HUF", "1200"),
            (80_000, "TWD", "800"),
        ] {
            let amount = Amount::of(money(minor, code)).unwrap();
            assert_eq!((amount.value.as_str(), amount.currency_code.as_str()), (value, code));
            assert_eq!(amount.money().unwrap(), money(minor, code));
        }
        let told = Amount {
            currency_code: "HUF".to_owned(),
            value: "1200.00".to_owned(),
        };
        assert_eq!(told.money().unwrap(), money(120_000, "HUF"));
    }

    #[test]
    fn what_paypal_does_not_take_is_refused_before_it_is_asked() {
        for (minor, code) in [(0, "EUR"), (-1, "EUR"), (120_050, "HUF"), (5120, "KWD"), (100, "ISK")] {
            let refused = Amount::of(money(minor, code));
            assert!(matches!(refused, Err(Fault::Impossible(_))), "{minor} {code}");
        }
        for (value, code) in [
            ("1.5", "JPY"),
            ("1", "XYZ"),
            ("1,50", "EUR"),
            ("", "EUR"),
            ("1.505", "EUR"),
        ] {
            let amount = Amount {
                currency_code: code.to_owned(),
                value: value.to_owned(),
            };
            assert!(matches!(amount.money(), Err(Fault::Nonsense(_))), "{value} {code}");
        }
    }
}
