//! Amounts as Stripe counts them. Ours are in ISO 4217's minor units; in a few currencies
//! Stripe's are not.

use vitrine_commerce::money::{Currency, Money};

use super::fault::Fault;

/// How many decimals Stripe's amounts have where ISO 4217 says otherwise. ISK and UGX have none
/// any more, but Stripe still counts hundredths (which must be 00); of MGA it takes whole ariary.
const DECIMALS: [(&str, u32); 3] = [("ISK", 2), ("UGX", 2), ("MGA", 0)];

/// # Errors
/// When Stripe cannot charge such an amount.
pub(super) fn to_stripe(money: Money) -> Result<i64, Fault> {
    let (ours, theirs) = (money.currency.exponent(), decimals(money.currency));
    let impossible = |why: &str| Fault::Impossible(format!("Stripe cannot take {money}: {why}"));
    if money.minor <= 0 {
        return Err(impossible("it is not positive"));
    }
    if money.minor % step_minor(money.currency) != 0 {
        return Err(impossible("its last digits must be 0"));
    }
    rescale(money.minor, ours, theirs).ok_or_else(|| impossible("it is no whole number of Stripe's units"))
}

/// Of how many of our minor units every amount is a multiple. What the card networks settle has two decimals: of three,
/// Stripe wants the last to be 0.
pub(super) fn step_minor(currency: Currency) -> i64 {
    let (ours, theirs) = (currency.exponent(), decimals(currency));
    match theirs {
        3 => 10,
        _ => 10i64.pow(ours.saturating_sub(theirs)),
    }
}

/// # Errors
/// When the currency is unknown, or the amount has more decimals than it has.
pub(super) fn from_stripe(amount: i64, currency: &str) -> Result<Money, Fault> {
    let nonsense = || Fault::Nonsense(format!("an amount of {amount} `{}`", currency.escape_debug()));
    let currency: Currency = currency.to_ascii_uppercase().parse().map_err(|_| nonsense())?;
    let minor = rescale(amount, decimals(currency), currency.exponent()).ok_or_else(nonsense)?;
    Ok(Money::new(minor, currency))
}

fn decimals(currency: Currency) -> u32 {
    let differs = DECIMALS.iter().find(|(code, _)| *code == currency.code());
    differs.map_or_else(|| currency.exponent(), |(_, decimals)| *decimals)
}

/// `None` where digits would be lost.
fn rescale(amount: i64, from: u32, to: u32) -> Option<i64> {
    let factor = 10i64.checked_pow(from.abs_diff(to))?;
    if to >= from {
        return amount.checked_mul(factor);
    }
    (amount % factor == 0).then_some(amount / factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn amounts_are_the_same_money_on_both_sides() {
        for (ours, code, theirs) in [
            (4999, "EUR", 4999),
            (500, "JPY", 500),
            (500, "KRW", 500),
            (500, "XOF", 500),
            (5, "ISK", 500),
            (5, "UGX", 500),
            (500, "MGA", 5),
            (5120, "KWD", 5120),
            (1000, "HUF", 1000),
            (80045, "TWD", 80045),
        ] {
            assert_eq!(to_stripe(money(ours, code)).unwrap(), theirs, "{code}");
            assert_eq!(from_stripe(theirs, &code.to_lowercase()).unwrap(), money(ours, code));
        }
    }

    #[test]
    fn amounts_come_in_steps() {
        let steps = ["EUR", "JPY", "ISK", "KWD", "BHD", "JOD", "OMR", "TND", "MGA"];
        let steps = steps.map(|code| step_minor(code.parse().unwrap()));
        assert_eq!(steps, [1, 1, 1, 10, 10, 10, 10, 10, 100]);
    }

    #[test]
    fn what_would_lose_digits_is_refused() {
        for (ours, code) in [(5124, "KWD"), (550, "MGA"), (0, "EUR"), (-1, "EUR"), (i64::MAX, "ISK")] {
            let refused = to_stripe(money(ours, code));
            assert!(matches!(refused, Err(Fault::Impossible(_))), "{ours} {code}");
        }
        for (theirs, code) in [(501, "isk"), (5, "xyz"), (5, ""), (i64::MAX, "mga")] {
            assert!(
                matches!(from_stripe(theirs, code), Err(Fault::Nonsense(_))),
                "{theirs} {code}"
            );
        }
    }
}
