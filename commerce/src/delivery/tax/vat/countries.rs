//! The countries, and what their VAT numbers are.

use super::national::*;

/// A country whose businesses have VAT numbers.
pub struct Country {
    /// What its numbers begin with.
    pub prefix: &'static str,
    /// ISO 3166-1 alpha-2, but for Northern Ireland, which has none: `XI`.
    pub code: &'static str,
    /// What follows the prefix, in words.
    pub(super) form: &'static str,
    /// Whether what follows the prefix has its form and its check digits.
    pub(super) is_right: fn(&str) -> bool,
}

/// By prefix.
pub(super) const COUNTRIES: [Country; 28] = [
    Country {
        prefix: "AT",
        code: "AT",
        form: "`U` and 8 digits",
        is_right: austria,
    },
    Country {
        prefix: "BE",
        code: "BE",
        form: "10 digits",
        is_right: belgium,
    },
    Country {
        prefix: "BG",
        code: "BG",
        form: "9 or 10 digits",
        is_right: bulgaria,
    },
    Country {
        prefix: "CY",
        code: "CY",
        form: "8 digits and a letter",
        is_right: cyprus,
    },
    Country {
        prefix: "CZ",
        code: "CZ",
        form: "8, 9 or 10 digits",
        is_right: czechia,
    },
    Country {
        prefix: "DE",
        code: "DE",
        form: "9 digits",
        is_right: germany,
    },
    Country {
        prefix: "DK",
        code: "DK",
        form: "8 digits",
        is_right: denmark,
    },
    Country {
        prefix: "EE",
        code: "EE",
        form: "9 digits",
        is_right: estonia,
    },
    Country {
        prefix: "EL",
        code: "GR",
        form: "9 digits",
        is_right: greece,
    },
    Country {
        prefix: "ES",
        code: "ES",
        form: "9 characters, of which the first or the last is a letter",
        is_right: spain,
    },
    Country {
        prefix: "FI",
        code: "FI",
        form: "8 digits",
        is_right: finland,
    },
    Country {
        prefix: "FR",
        code: "FR",
        form: "2 characters and 9 digits",
        is_right: france,
    },
    Country {
        prefix: "HR",
        code: "HR",
        form: "11 digits",
        is_right: croatia,
    },
    Country {
        prefix: "HU",
        code: "HU",
        form: "8 digits",
        is_right: hungary,
    },
    Country {
        prefix: "IE",
        code: "IE",
        form: "7 digits and one or two letters",
        is_right: ireland,
    },
    Country {
        prefix: "IT",
        code: "IT",
        form: "11 digits",
        is_right: italy,
    },
    Country {
        prefix: "LT",
        code: "LT",
        form: "9 or 12 digits",
        is_right: lithuania,
    },
    Country {
        prefix: "LU",
        code: "LU",
        form: "8 digits",
        is_right: luxembourg,
    },
    Country {
        prefix: "LV",
        code: "LV",
        form: "11 digits",
        is_right: latvia,
    },
    Country {
        prefix: "MT",
        code: "MT",
        form: "8 digits",
        is_right: malta,
    },
    Country {
        prefix: "NL",
        code: "NL",
        form: "9 digits, `B` and 2 digits",
        is_right: netherlands,
    },
    Country {
        prefix: "PL",
        code: "PL",
        form: "10 digits",
        is_right: poland,
    },
    Country {
        prefix: "PT",
        code: "PT",
        form: "9 digits",
        is_right: portugal,
    },
    Country {
        prefix: "RO",
        code: "RO",
        form: "2 to 10 digits",
        is_right: romania,
    },
    Country {
        prefix: "SE",
        code: "SE",
        form: "12 digits",
        is_right: sweden,
    },
    Country {
        prefix: "SI",
        code: "SI",
        form: "8 digits",
        is_right: slovenia,
    },
    Country {
        prefix: "SK",
        code: "SK",
        form: "10 digits",
        is_right: slovakia,
    },
    Country {
        prefix: "XI",
        code: "XI",
        form: "9 or 12 digits",
        is_right: northern_ireland,
    },
];
