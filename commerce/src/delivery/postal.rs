//! Postal codes and the patterns that name many of them. Pure.
//!
//! A pattern is a single code (`12345`), a beginning (`BT*`), or a range (`10000-19999`, or `00-001..00-999`
//! where the codes themselves have hyphens). Spaces, hyphens and case make no difference. A range compares as
//! many characters as its ends have, so that `90000-96199` holds the nine-digit `90210-1234`.

/// In capitals, without spaces and hyphens.
pub(super) fn compact(code: &str) -> String {
    let kept = code.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_uppercase).collect()
}

/// What a pattern names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pattern {
    Code(String),
    Beginning(String),
    /// Both of the same length, the first not after the second.
    Range(String, String),
}

impl Pattern {
    /// `None` where it is not one.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > 40 {
            return None;
        }
        if let Some(beginning) = text.strip_suffix('*') {
            let beginning = compact(beginning);
            return (!beginning.is_empty() && !text[..text.len() - 1].contains('*'))
                .then_some(Self::Beginning(beginning));
        }
        let is_known = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.');
        if !text.chars().all(is_known) {
            return None;
        }
        if let Some((from, to)) = text.split_once("..") {
            return Self::range(compact(from), compact(to)).filter(|_| !to.contains('.'));
        }
        if text.contains('.') {
            return None;
        }
        // A code's own hyphen parts it unevenly (`1000-001`, `00-001`): such a thing is no range.
        if let Some((from, to)) = text.split_once('-') {
            let (from, to) = (compact(from), compact(to));
            if from.chars().count() == to.chars().count() {
                return Self::range(from, to);
            }
        }
        Some(compact(text)).filter(|code| !code.is_empty()).map(Self::Code)
    }

    fn range(from: String, to: String) -> Option<Self> {
        let is_range = !from.is_empty() && from.chars().count() == to.chars().count() && from <= to;
        is_range.then_some(Self::Range(from, to))
    }

    /// In the one form that is stored.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Code(code) => code.clone(),
            Self::Beginning(beginning) => format!("{beginning}*"),
            Self::Range(from, to) => format!("{from}-{to}"),
        }
    }

    /// Whether it names a code in its compact form.
    pub(super) fn names(&self, code: &str) -> bool {
        match self {
            Self::Code(own) => own == code,
            Self::Beginning(beginning) => code.starts_with(beginning.as_str()),
            Self::Range(from, to) => {
                let length = from.chars().count();
                let head: String = code.chars().take(length).collect();
                head.chars().count() == length && *from <= head && head <= *to
            }
        }
    }

    /// Whether some code may be named by both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let ((from, to), (other_from, other_to)) = (self.ends(), other.ends());
        let length = from.chars().count().min(other_from.chars().count());
        let head = |text: &str| text.chars().take(length).collect::<String>();
        head(from) <= head(other_to) && head(other_from) <= head(to)
    }

    fn ends(&self) -> (&str, &str) {
        match self {
            Self::Code(text) | Self::Beginning(text) => (text, text),
            Self::Range(from, to) => (from, to),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::read(text).unwrap_or_else(|| panic!("`{text}` is a pattern"))
    }

    #[test]
    fn patterns_name_codes_however_they_are_written() {
        for (text, code) in [
            ("10000-19999", "10117"),
            ("10000 - 19999", "1 0 1 1 7"),
            ("bt*", "BT1 5GS"),
            ("BT 1*", "bt15gs"),
            ("1000-001", "1000-001"),
            ("00-001..00-999", "00-950"),
            ("90000-96199", "90210-1234"),
        ] {
            assert!(pattern(text).names(&compact(code)), "{text} {code}");
        }
        for (text, code) in [
            ("10000-19999", "20000"),
            ("10000-19999", "1011"),
            ("BT*", "B1 1BT"),
            ("1000-001", "1000-002"),
            ("10115", "101155"),
        ] {
            assert!(!pattern(text).names(&compact(code)), "{text} {code}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_none() {
        for text in [
            "",
            "*",
            "B*T*",
            "20000-10000",
            "1..",
            "1...2",
            "a;b",
            "-",
            "1.2",
            "100..2000",
        ] {
            assert_eq!(Pattern::read(text), None, "{text}");
        }
    }

    #[test]
    fn what_overlaps_is_found() {
        for (a, b, meets) in [
            ("10000-19999", "15000-25000", true),
            ("10000-19999", "20000-25000", false),
            ("BT*", "BT15GS", true),
            ("BT*", "B*", true),
            ("BT*", "BA*", false),
            ("1*", "19000-19999", true),
        ] {
            assert_eq!(pattern(a).meets(&pattern(b)), meets, "{a} {b}");
            assert_eq!(pattern(b).meets(&pattern(a)), meets, "{b} {a}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(a in 0u32..100_000, b in 0u32..100_000) {
            let range = pattern(&format!("{:05}-{:05}", a.min(b), a.max(b)));
            prop_assert_eq!(pattern(&range.written()), range);
        }

        #[test]
        fn two_that_name_a_code_meet(a in 0u32..1000, b in 0u32..1000, c in 0u32..1000, d in 0u32..1000, code in 0u32..1000) {
            let range = |a: u32, b: u32| pattern(&format!("{:03}-{:03}", a.min(b), a.max(b)));
            let (first, second, code) = (range(a, b), range(c, d), format!("{code:03}"));
            prop_assert_eq!(first.names(&code), (a.min(b)..=a.max(b)).contains(&code.parse().unwrap_or(0)));
            if first.names(&code) && second.names(&code) {
                prop_assert!(first.meets(&second));
            }
        }
    }
}
