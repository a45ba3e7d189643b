//! From a price in one currency to a price in another. Pure, and exact until it is rounded, once.

use vitrine_entity::price_list::Rounding;

use super::Currency;

/// How a rate is kept: in hundred millionths.
const RATE_SCALE: i128 = 100_000_000;
const RATE_DECIMALS: usize = 8;

/// Reads a rate: `1.0843`, at most eight decimals, above nothing. `None` for anything else.
pub fn rate_e8(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || text.ends_with('.') || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > RATE_DECIMALS {
        return None;
    }
    let rate: i64 = format!("{whole}{fraction:0<RATE_DECIMALS$}").parse().ok()?;
    (rate > 0).then_some(rate)
}

/// A rate as [`rate_e8`] reads it, without zeros that say nothing.
pub fn rate_decimal(rate_e8: i64) -> String {
    let scale = RATE_SCALE as i64;
    let text = format!("{}.{:0RATE_DECIMALS$}", rate_e8 / scale, rate_e8 % scale);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Hundredths of a percent as a percentage: `2.5`, without zeros that say nothing.
pub fn percent_decimal(basis_points: i32) -> String {
    let (hundredths, sign) = (basis_points.unsigned_abs(), if basis_points < 0 { "-" } else { "" });
    let text = format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whether amounts of a currency can be rounded so: hundredths are of those that have them.
pub fn fits(rounding: Rounding, currency: Currency) -> bool {
    match rounding {
        Rounding::MinorUnit | Rounding::Whole | Rounding::Tens | Rounding::Hundreds => true,
        Rounding::Cash5 | Rounding::Ending95 | Rounding::Ending99 => currency.exponent() >= 2,
    }
}

/// `minor` of `from` in minor units of `to`, of which there are `rate_e8` hundred millionths for one of it; rounded to the
/// nearest amount that `rounding` knows, and of two the higher. Nothing stays nothing, and what costs something goes on
/// costing something. `None` where it would be too large.
pub fn convert(minor: i64, from: Currency, to: Currency, rate_e8: i64, rounding: Rounding) -> Option<i64> {
    if minor <= 0 {
        return Some(0);
    }
    let (step, offset) = grid(rounding, to);
    // The amount is `units / parts`.
    let units = i128::from(minor)
        .checked_mul(i128::from(rate_e8))?
        .checked_mul(10_i128.checked_pow(to.exponent())?)?;
    let parts = RATE_SCALE.checked_mul(10_i128.checked_pow(from.exponent())?)?;
    let doubled = units
        .checked_add(offset.checked_mul(parts)?)?
        .checked_mul(2)?
        .checked_add(step.checked_mul(parts)?)?;
    let steps = doubled / step.checked_mul(parts)?.checked_mul(2)?;
    i64::try_from(steps.max(1).checked_mul(step)? - offset).ok()
}

/// What an amount of another currency is worth in the shop's own, of which one is `rate_e8` hundred millionths of it; rounded to
/// the nearest. `None` where it would be too large.
pub fn worth(minor: i64, of: Currency, own: Currency, rate_e8: i64) -> Option<i64> {
    let units = i128::from(minor)
        .checked_mul(RATE_SCALE)?
        .checked_mul(10_i128.checked_pow(own.exponent())?)?;
    let parts = i128::from(rate_e8).checked_mul(10_i128.checked_pow(of.exponent())?)?;
    let doubled = units.checked_mul(2)?.checked_add(parts)?;
    i64::try_from(doubled.checked_div(parts.checked_mul(2)?)?).ok()
}

/// The amounts that there are: every `step`, less the `offset`; in minor units.
fn grid(rounding: Rounding, currency: Currency) -> (i128, i128) {
    let unit = 10_i128.pow(currency.exponent());
    let hundredth = unit / 100;
    match rounding {
        _ if !fits(rounding, currency) => (1, 0),
        Rounding::MinorUnit => (1, 0),
        Rounding::Cash5 => (5 * hundredth, 0),
        Rounding::Whole => (unit, 0),
        Rounding::Tens => (10 * unit, 0),
        Rounding::Hundreds => (100 * unit, 0),
        Rounding::Ending95 => (unit, 5 * hundredth),
        Rounding::Ending99 => (unit, hundredth),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sea_orm::Iterable;

    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().expect("a currency")
    }

    fn rate(text: &str) -> i64 {
        rate_e8(text).expect("a rate")
    }

    #[test]
    fn prices_are_those_of_the_market() {
        let (eur, usd, jpy, kwd) = (Currency::EUR, currency("USD"), currency("JPY"), currency("KWD"));
        for (minor, from, to, text, rounding, expected) in [
            (4_990, eur, usd, "1.1", Rounding::MinorUnit, 5_489),
            (4_990, eur, usd, "1.1", Rounding::Ending99, 5_499),
            (4_990, eur, usd, "1.1", Rounding::Ending95, 5_495),
            (4_990, eur, usd, "1.1", Rounding::Whole, 5_500),
            (4_990, eur, usd, "1.1", Rounding::Cash5, 5_490),
            (4_990, eur, usd, "1.1", Rounding::Tens, 5_000),
            (5_000, eur, usd, "1.1", Rounding::Tens, 6_000),
            (4_990, eur, jpy, "162.35", Rounding::MinorUnit, 8_101),
            (4_990, eur, jpy, "162.35", Rounding::Tens, 8_100),
            (4_990, eur, jpy, "162.35", Rounding::Hundreds, 8_100),
            // There are no hundredths of a yen.
            (4_990, eur, jpy, "162.35", Rounding::Ending99, 8_101),
            (4_990, eur, kwd, "0.3341", Rounding::MinorUnit, 16_672),
            (4_990, eur, kwd, "0.3341", Rounding::Ending99, 16_990),
            (16_672, kwd, jpy, "500", Rounding::MinorUnit, 8_336),
            (0, eur, usd, "1.1", Rounding::Ending99, 0),
            (1, eur, usd, "1.1", Rounding::Ending99, 99),
            (1, eur, jpy, "1.1", Rounding::Hundreds, 100),
            (1, eur, jpy, "0.0001", Rounding::MinorUnit, 1),
        ] {
            let found = convert(minor, from, to, rate(text), rounding);
            assert_eq!(found, Some(expected), "{minor} {from} in {to}, {rounding:?}");
        }
        assert_eq!(convert(i64::MAX, eur, jpy, i64::MAX, Rounding::Whole), None);
    }

    #[test]
    fn an_amount_is_worth_what_it_costs() {
        let (eur, usd, jpy, kwd) = (Currency::EUR, currency("USD"), currency("JPY"), currency("KWD"));
        for (minor, of, text, expected) in [
            (11_000, usd, "1.1", 10_000),
            (16_235, jpy, "162.35", 10_000),
            (33_410, kwd, "0.3341", 10_000),
            (1, usd, "3", 0),
            (2, usd, "3", 1),
            (0, usd, "3", 0),
        ] {
            assert_eq!(worth(minor, of, eur, rate(text)), Some(expected), "{minor} {of}");
        }
        assert_eq!(worth(i64::MAX, jpy, kwd, 1), None);
    }

    #[test]
    fn a_rate_is_a_number_above_nothing() {
        for (text, told) in [
            ("1", "1"),
            ("1.0843", "1.0843"),
            ("0162.3500", "162.35"),
            ("0.00000001", "0.00000001"),
        ] {
            assert_eq!(rate_e8(text).map(rate_decimal).as_deref(), Some(told), "{text}");
        }
        for text in [
            "",
            "0",
            "0.0",
            "-1",
            "+1",
            "1.",
            ".5",
            "1,1",
            "1e3",
            " 1",
            "0.000000001",
            "99999999999999",
            "١",
        ] {
            assert_eq!(rate_e8(text), None, "{text}");
        }
    }

    #[test]
    fn a_percentage_is_told_without_idle_zeros() {
        for (basis_points, told) in [
            (0, "0"),
            (250, "2.5"),
            (-300, "-3"),
            (10, "0.1"),
            (1_225, "12.25"),
            (1_000, "10"),
        ] {
            assert_eq!(percent_decimal(basis_points), told);
        }
    }

    fn any_currency() -> impl Strategy<Value = Currency> {
        prop::sample::select(vec!["EUR", "USD", "JPY", "KWD", "CHF", "HUF", "BHD"]).prop_map(currency)
    }

    fn any_rounding() -> impl Strategy<Value = Rounding> {
        prop::sample::select(Rounding::iter().collect::<Vec<_>>())
    }

    proptest! {
        #[test]
        fn a_price_lies_on_the_grid_and_as_near_as_there_is(
            minor in 1..1_000_000_000_i64, rate in 1..1_000_000_000_000_i64,
            from in any_currency(), to in any_currency(), rounding in any_rounding(),
        ) {
            let Some(found) = convert(minor, from, to, rate, rounding) else { return Ok(()) };
            let (step, offset) = grid(rounding, to);
            let found = i128::from(found);
            prop_assert!(found > 0 && (found + offset) % step == 0);
            let units = i128::from(minor) * i128::from(rate) * 10_i128.pow(to.exponent());
            let parts = RATE_SCALE * 10_i128.pow(from.exponent());
            let (low, high) = (2 * (units - found * parts), step * parts);
            prop_assert!(low < high, "not rounded up enough");
            prop_assert!(-low <= high || found == step - offset, "rounded up too far");
        }

        #[test]
        fn what_costs_more_costs_no_less_elsewhere(
            some in 0..1_000_000_000_i64, more in 0..1_000_000_000_i64, rate in 1..1_000_000_000_000_i64,
            from in any_currency(), to in any_currency(), rounding in any_rounding(),
        ) {
            let (less, more) = (some.min(more), some.max(more));
            let converted = |minor| convert(minor, from, to, rate, rounding);
            if let (Some(less), Some(more)) = (converted(less), converted(more)) {
                prop_assert!(less <= more);
            }
        }

        #[test]
        fn one_for_one_changes_nothing(minor in 0..i64::MAX / 4, currency in any_currency()) {
            prop_assert_eq!(convert(minor, currency, currency, RATE_SCALE as i64, Rounding::MinorUnit), Some(minor));
        }

        #[test]
        fn a_rate_is_read_as_it_is_told(rate in 1..i64::MAX) {
            prop_assert_eq!(rate_e8(&rate_decimal(rate)), Some(rate));
        }
    }
}
