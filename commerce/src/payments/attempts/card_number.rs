//! Card numbers are never to come here: whoever stores one, or only passes it on, must answer for it
//! to the card networks.

/// The lengths that card numbers have.
const DIGITS: std::ops::RangeInclusive<usize> = 12..=19;

/// Whether somebody sent a card's number: as many digits as one has, with a check digit that fits,
/// however they are grouped by spaces or dashes. Pure.
pub(super) fn is_card_number(text: &str) -> bool {
    let ungrouped = text.chars().filter(|c| !c.is_whitespace() && !is_dash(*c));
    let digits: Option<Vec<u32>> = ungrouped.map(|c| c.to_digit(10)).collect();
    digits.is_some_and(|digits| DIGITS.contains(&digits.len()) && is_checked(&digits))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// By Luhn's algorithm: from the right, every second digit counts twice, and by its cross sum.
fn is_checked(digits: &[u32]) -> bool {
    let doubled = |digit: u32| digit * 2 / 10 + digit * 2 % 10;
    let places = digits.iter().rev().enumerate();
    let sum: u32 = places
        .map(|(place, digit)| if place % 2 == 1 { doubled(*digit) } else { *digit })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_the_networks_are_known() {
        for number in [
            "4242424242424242",
            "4242 4242 4242 4242",
            "4242-4242-4242-4242",
            " 4242\u{a0}4242\u{2011}4242\u{2013}4242 ",
            "5555555555554444",
            "378282246310005",
            "6011111111111117",
            "3056930009020004",
            "6205500000000000004",
            "630490017740292441",
        ] {
            assert!(is_card_number(number), "{number}");
        }
    }

    #[test]
    fn tokens_and_other_numbers_are_none() {
        for token in [
            "",
            "tok_approve",
            "pm_card_visa",
            "tok_4242424242424242",
            "4242424242424242x",
            "4242424242424241",
            "4242.4242.4242.4242",
            "0",
            "42424242420",
            "42424242424242424242",
        ] {
            assert!(!is_card_number(token), "{token}");
        }
    }

    proptest! {
        /// Whatever number a card has, and however it is grouped; and no number with one wrong digit.
        #[test]
        fn every_number_with_its_check_digit_is_known_and_a_wrong_digit_is_seen(
            body in prop::collection::vec(0..10u32, 11..19),
            gaps in prop::collection::vec(prop::sample::select(vec!["", " ", "-", " - "]), 19),
            place in any::<prop::sample::Index>(),
            off_by in 1..10u32,
        ) {
            let check = (0..10).find(|check| is_checked(&[&body[..], &[*check]].concat()));
            let digits = [&body[..], &[check.expect("there is one")]].concat();
            let written = |digits: &[u32]| -> String {
                digits.iter().zip(&gaps).map(|(digit, gap)| format!("{digit}{gap}")).collect()
            };
            prop_assert!(is_card_number(&written(&digits)));
            let mut wrong = digits.clone();
            let wrong_digit = &mut wrong[place.index(digits.len())];
            *wrong_digit = (*wrong_digit + off_by) % 10;
            prop_assert!(!is_card_number(&written(&wrong)));
        }
    }
}
