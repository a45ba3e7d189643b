//! VAT numbers of the European Union, and of Northern Ireland: their form and their check digits, without
//! asking anybody. Pure.

mod countries;
mod digits;
mod national;

use self::countries::COUNTRIES;
pub use self::countries::Country;
use crate::language::{Message, messages};

/// A number in its one form, with its country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VatNumber {
    /// ISO 3166-1 alpha-2, or `XI`.
    pub country: &'static str,
    /// What it begins with: its country's letters, but for Greece, which writes `EL`.
    pub prefix: &'static str,
    /// What follows.
    pub digits: String,
}

impl VatNumber {
    /// With its country's letters, as in `DE136695976`.
    pub fn written(&self) -> String {
        format!("{}{}", self.prefix, self.digits)
    }
}

/// Whether a place taxes as the European Union does: one of its countries, by ISO 3166-1, or `XI`.
pub fn is_in_union(code: &str) -> bool {
    COUNTRIES.iter().any(|country| country.code == code)
}

/// Reads a number, however it is parted by spaces, dots and hyphens.
///
/// # Errors
/// What is wrong with it, in a sentence for whoever typed it.
pub fn read(text: &str) -> Result<VatNumber, Message> {
    if text.len() > 40 {
        return Err(messages::vat_number_too_long());
    }
    let kept = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '/'));
    let compact: String = kept.flat_map(char::to_uppercase).collect();
    let country = COUNTRIES.iter().find(|country| {
        // Greeks write both.
        compact.starts_with(country.prefix) || (country.code == "GR" && compact.starts_with("GR"))
    });
    let Some(country) = country else {
        return Err(messages::vat_number_country());
    };
    let digits = &compact[2..];
    let is_plain = digits
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '*'));
    if is_plain && (country.is_right)(digits) {
        Ok(VatNumber {
            country: country.code,
            prefix: country.prefix,
            digits: digits.to_owned(),
        })
    } else {
        Err(messages::vat_number_mistyped(
            country.code,
            country.prefix,
            country.form,
        ))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers of real form, each with right check digits; some countries have several kinds.
    const RIGHT: [&str; 41] = [
        "ATU13585627",
        "BE0428759497",
        "BG175074752",
        "CY10259033P",
        "CZ25123891",
        "CZ640903926",
        "DE136695976",
        "DK13585628",
        "EE100931558",
        "EL023456780",
        "EL094259216",
        "ESB58378431",
        "ES54362315K",
        "ESX2482300W",
        "FI20774740",
        "FR40303265045",
        "FR23334175221",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IE8D79739I",
        "IT00743110157",
        "LT119511515",
        "LT100001919017",
        "LU15027442",
        "LV40003521600",
        "LV16117519997",
        "MT11679112",
        "NL004495445B01",
        "NL002455799B11",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
        "XI980780684",
        "XIGD499",
        "XIHA500",
        "BG7523169263",
    ];

    #[test]
    fn every_country_has_numbers_that_are_right() {
        for number in RIGHT {
            assert_eq!(
                read(number).map(|read| read.written()),
                Ok(number.to_owned()),
                "{number}"
            );
        }
        for country in COUNTRIES {
            assert!(
                RIGHT.iter().any(|number| number.starts_with(country.prefix)),
                "{}",
                country.prefix
            );
        }
    }

    #[test]
    fn a_mistyped_digit_is_told() {
        for number in RIGHT
            .iter()
            .filter(|number| !number.starts_with("XIGD") && !number.starts_with("XIHA"))
        {
            // The last digit of them, which most countries check by.
            let Some(at) = number.rfind(|c: char| c.is_ascii_digit()) else {
                continue;
            };
            let digit = number.as_bytes()[at] - b'0';
            let wrong = format!("{}{}{}", &number[..at], (digit + 1) % 10, &number[at + 1..]);
            // The last digits of these number branches.
            let is_branch = number.starts_with("SE") || number.starts_with("NL");
            assert!(is_branch || read(&wrong).is_err(), "{number} became {wrong}");
        }
    }

    #[test]
    fn it_has_one_form_however_it_is_typed() {
        for typed in ["de 136 695 976", "DE-136.695.976", " DE136695976 "] {
            assert_eq!(
                read(typed).map(|read| read.written()),
                Ok("DE136695976".to_owned()),
                "{typed}"
            );
        }
        let greek = read("GR 023456780").expect("Greeks write both");
        assert_eq!((greek.country, greek.written()), ("GR", "EL023456780".to_owned()));
    }

    #[test]
    fn what_is_none_is_told_and_why() {
        for text in [
            "",
            "DE",
            "DE13669597",
            "DE1366959766",
            "US123456789",
            "136695976",
            "GB980780684",
            "DE13669597é",
            "XIGD500",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let told = read("DE136695977").expect_err("a wrong check digit").to_string();
        assert!(told.contains("after `DE` comes 999999999"), "{told}");
        assert!(is_in_union("GR") && is_in_union("XI") && !is_in_union("EL") && !is_in_union("CH"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z+*]{0,13}", other in ".{0,20}") {
            let _ = (read(&text), read(&other));
        }
    }
}
