//! Telephone numbers: whether there is anything to dial. One is kept as it was typed.

use crate::{ErrorCode, Refusal, language::messages, text};

const LENGTH_MAX: usize = 200;

/// International numbers have at most fifteen digits (E.164); what leads out of a country or a house comes on top.
const DIGITS_MIN: usize = 4;
const DIGITS_MAX: usize = 20;

/// A telephone number, or nothing.
///
/// # Errors
/// Refuses what nobody can dial.
pub(crate) fn checked(field: &[&str], text: Option<&str>) -> Result<Option<String>, Refusal> {
    let typed = text::optional_line(field, text, LENGTH_MAX)?;
    match typed.as_deref().is_none_or(can_be_dialled) {
        true => Ok(typed),
        false => {
            let name = field.last().copied().unwrap_or("phone");
            Err(Refusal::new(ErrorCode::Invalid, messages::phone_form(name)).at(field))
        }
    }
}

/// Letters may follow the number, as in `+1 212 5550100 ext. 12`. Digits are those of any script.
fn can_be_dialled(text: &str) -> bool {
    let number = text.split(char::is_alphabetic).next().unwrap_or_default();
    let digits = number.chars().filter(|c| c.is_numeric()).count();
    (DIGITS_MIN..=DIGITS_MAX).contains(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_be_written_as_people_do() {
        let read = |text: &str| checked(&["phone"], Some(text)).map_err(|refusal| refusal.field);
        for text in [
            "+49 30 123456",
            "(030) 12 34-56",
            "0049.30/123456",
            "+1 212 5550100 ext. 12",
            "٠٣٠ ١٢٣٤٥٦",
        ] {
            assert_eq!(read(text), Ok(Some(text.to_owned())), "{text}");
        }
        assert_eq!((read(""), read("  ")), (Ok(None), Ok(None)));
        for text in ["abc", "call me", "12", "ext. 1234567", "123456789012345678901"] {
            assert_eq!(read(text), Err(vec!["phone".to_owned()]), "{text}");
        }
    }
}
