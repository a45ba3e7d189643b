//! Mobile numbers in the one form in which messages are sent to them (E.164): `+`, the country's calling code, and the rest.

use crate::{ErrorCode, Refusal, language::messages, text};

const LENGTH_MAX: usize = 50;

/// Digits of a number with its calling code. E.164 has no least; shorter ones are services.
const DIGITS_MIN: usize = 8;
const DIGITS_MAX: usize = 15;

/// Where people write numbers within the country with a `0` that goes when the calling code comes, by ISO 3166-1.
const BY_ZERO: [(&str, &str); 37] = [
    ("AE", "971"),
    ("AT", "43"),
    ("AU", "61"),
    ("BE", "32"),
    ("BG", "359"),
    ("CH", "41"),
    ("DE", "49"),
    ("EG", "20"),
    ("FI", "358"),
    ("FR", "33"),
    ("GB", "44"),
    ("HR", "385"),
    ("ID", "62"),
    ("IE", "353"),
    ("IL", "972"),
    ("IN", "91"),
    ("JP", "81"),
    ("KR", "82"),
    ("LT", "370"),
    ("MA", "212"),
    ("MY", "60"),
    ("NG", "234"),
    ("NL", "31"),
    ("NZ", "64"),
    ("PH", "63"),
    ("RO", "40"),
    ("RS", "381"),
    ("SA", "966"),
    ("SE", "46"),
    ("SI", "386"),
    ("SK", "421"),
    ("TH", "66"),
    ("TR", "90"),
    ("TW", "886"),
    ("UA", "380"),
    ("VN", "84"),
    ("ZA", "27"),
];

/// Where they write it without one, and it has ten digits.
const NORTH_AMERICA: [&str; 2] = ["CA", "US"];

/// A mobile number, as somebody in `country` writes it. Where that is not plain, they are asked for the calling code: a
/// message to a number that was guessed would tell a stranger.
///
/// # Errors
/// Refuses what is no such number.
pub(crate) fn mobile(field: &[&str], text: &str, country: &str) -> Result<String, Refusal> {
    let typed = text::line(field, text, LENGTH_MAX)?;
    normal(&typed, country).ok_or_else(|| {
        let name = field.last().copied().unwrap_or("phone");
        let code = calling_code(country).unwrap_or("49");
        Refusal::new(
            ErrorCode::Invalid,
            messages::mobile_form(name, format!("+{code} 1512345678")),
        )
        .at(field)
    })
}

fn calling_code(country: &str) -> Option<&'static str> {
    let by_zero = BY_ZERO.iter().find(|(code, _)| *code == country);
    let in_america = NORTH_AMERICA.contains(&country).then_some("1");
    by_zero.map(|(_, code)| *code).or(in_america)
}

fn normal(typed: &str, country: &str) -> Option<String> {
    // As in `+49 (0) 151 …`: it is dialled within the country alone.
    let typed = typed.replace("(0)", "");
    let (is_international, rest) = match typed.trim_start().strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, typed.as_str()),
    };
    let digits = digits(rest)?;
    let digits = match (is_international, digits.strip_prefix("00"), digits.strip_prefix('0')) {
        (true, _, _) => digits.clone(),
        (false, Some(international), _) => international.to_owned(),
        (false, None, Some(national)) => {
            let (_, code) = BY_ZERO.iter().find(|(code, _)| *code == country)?;
            format!("{code}{national}")
        }
        (false, None, None) if NORTH_AMERICA.contains(&country) => match digits.len() {
            10 => format!("1{digits}"),
            11 if digits.starts_with('1') => digits.clone(),
            _ => return None,
        },
        (false, None, None) => return None,
    };
    let is_number = (DIGITS_MIN..=DIGITS_MAX).contains(&digits.len()) && !digits.starts_with('0');
    is_number.then(|| format!("+{digits}"))
}

/// The digits of any script, if there is nothing else but what parts them.
fn digits(text: &str) -> Option<String> {
    let mut digits = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' => digits.push(c),
            // Arabic, and as Persian and Urdu write them.
            '\u{660}'..='\u{669}' => digits.push(char::from_digit(u32::from(c) - 0x660, 10)?),
            '\u{6f0}'..='\u{6f9}' => digits.push(char::from_digit(u32::from(c) - 0x6f0, 10)?),
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}'..='\u{2013}' | '.' | '/' | '(' | ')' => {}
            _ => return None,
        }
    }
    Some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_form_however_it_is_written() {
        for (typed, country, expected) in [
            ("+49 151 2345-6789", "FR", Some("+4915123456789")),
            ("0049 151/23456789", "FR", Some("+4915123456789")),
            ("+49 (0) 151 23456789", "DE", Some("+4915123456789")),
            ("0151 23456789", "DE", Some("+4915123456789")),
            ("٠١٥١ ٢٣٤٥٦٧٨٩", "DE", Some("+4915123456789")),
            ("07700 900123", "GB", Some("+447700900123")),
            ("(212) 555-0100", "US", Some("+12125550100")),
            ("1 212 555 0100", "US", Some("+12125550100")),
            ("+39 333 1234567", "IT", Some("+393331234567")),
            // Nobody can know which country is meant.
            ("333 1234567", "IT", None),
            ("0151 23456789", "ES", None),
            ("151 23456789", "DE", None),
            ("+49 151 2345 ext. 7", "DE", None),
            ("+49", "DE", None),
            ("+0049 151 2345", "DE", None),
            ("+49 151 2345678901234", "DE", None),
        ] {
            assert_eq!(normal(typed, country).as_deref(), expected, "{typed} in {country}");
        }
        assert!(BY_ZERO.is_sorted());
    }

    #[test]
    fn whoever_leaves_the_code_out_is_told_their_own() {
        let refused = mobile(&["phone"], "12", "AT").unwrap_err();
        assert_eq!(
            (refused.code, refused.field),
            (ErrorCode::Invalid, vec!["phone".to_owned()])
        );
        assert!(refused.message.to_string().contains("+43"), "{}", refused.message);
    }
}
