//! The check digit of a GTIN (EAN-13, UPC-A, EAN-8, ITF-14), which finds most typing errors.

/// What is odd about a barcode's number, in a sentence; nothing where it is a GTIN, or no number at all, as
/// other kinds of barcode may be.
pub fn warning(barcode: &str) -> Option<String> {
    if barcode.is_empty() || !barcode.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if !matches!(barcode.len(), 8 | 12 | 13 | 14) {
        return Some(format!(
            "`{barcode}` is no GTIN: those have 8, 12, 13 or 14 digits, not {}.",
            barcode.len()
        ));
    }
    let (body, last) = barcode.split_at(barcode.len() - 1);
    let expected = check_digit(body);
    (last != expected.to_string())
        .then(|| format!("The check digit of `{barcode}` should be {expected}: a digit may have been mistyped."))
}

/// The digit that follows `body`: every second digit from the right weighs three.
fn check_digit(body: &str) -> u32 {
    let weighed = body.bytes().rev().zip([3, 1].into_iter().cycle());
    let sum: u32 = weighed.map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_gtin_has_its_check_digit() {
        for good in [
            "4006381333931",
            "036000291452",
            "96385074",
            "00012345600012",
            "CODE-128",
            "",
        ] {
            assert_eq!(warning(good), None, "{good}");
        }
        assert!(warning("4006381333932").expect("odd").contains("should be 1"));
        assert!(warning("12345").expect("odd").contains("not 5"));
    }

    proptest! {
        #[test]
        fn one_mistyped_digit_is_always_found(body in "[0-9]{12}", place in 0usize..13, by in 1u8..10) {
            let mut digits = format!("{body}{}", check_digit(&body)).into_bytes();
            prop_assert_eq!(warning(std::str::from_utf8(&digits).expect("digits")), None);
            digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
            prop_assert!(warning(std::str::from_utf8(&digits).expect("digits")).is_some());
        }
    }
}
