//! The countries, and what their VAT numbers are.

use super::national::*;

/// A country whose businesses have VAT numbers.
pub struct Country {
    /// What its numbers begin with.
    pub prefix: &'static str,
    /// ISO 3166-1 alpha-2, but for Northern Ireland, which has none: `XI`.
    pub code: &'static str,
    /// What follows the prefix: `9` is a digit, `L` a letter, `X` either.
    pub(super) form: &'static str,
    /// Whether what follows the prefix has its form and its check digits.
    pub(super) is_right: fn(&str) -> bool,
}

/// By prefix.
pub(super) const COUNTRIES: [Country; 28] = [
    Country {
        prefix: "AT",
        code: "AT",
        form: "U99999999",
        is_right: austria,
    },
    Country {
        prefix: "BE",
        code: "BE",
        form: "9999999999",
        is_right: belgium,
    },
    Country {
        prefix: "BG",
        code: "BG",
        form: "999999999, 9999999999",
        is_right: bulgaria,
    },
    Country {
        prefix: "CY",
        code: "CY",
        form: "99999999L",
        is_right: cyprus,
    },
    Country {
        prefix: "CZ",
        code: "CZ",
        form: "99999999, 999999999, 9999999999",
        is_right: czechia,
    },
    Country {
        prefix: "DE",
        code: "DE",
        form: "999999999",
        is_right: germany,
    },
    Country {
        prefix: "DK",
        code: "DK",
        form: "99999999",
        is_right: denmark,
    },
    Country {
        prefix: "EE",
        code: "EE",
        form: "999999999",
        is_right: estonia,
    },
    Country {
        prefix: "EL",
        code: "GR",
        form: "999999999",
        is_right: greece,
    },
    Country {
        prefix: "ES",
        code: "ES",
        form: "X9999999X",
        is_right: spain,
    },
    Country {
        prefix: "FI",
        code: "FI",
        form: "99999999",
        is_right: finland,
    },
    Country {
        prefix: "FR",
        code: "FR",
        form: "XX999999999",
        is_right: france,
    },
    Country {
        prefix: "HR",
        code: "HR",
        form: "99999999999",
        is_right: croatia,
    },
    Country {
        prefix: "HU",
        code: "HU",
        form: "99999999",
        is_right: hungary,
    },
    Country {
        prefix: "IE",
        code: "IE",
        form: "9999999L, 9999999LL",
        is_right: ireland,
    },
    Country {
        prefix: "IT",
        code: "IT",
        form: "99999999999",
        is_right: italy,
    },
    Country {
        prefix: "LT",
        code: "LT",
        form: "999999999, 999999999999",
        is_right: lithuania,
    },
    Country {
        prefix: "LU",
        code: "LU",
        form: "99999999",
        is_right: luxembourg,
    },
    Country {
        prefix: "LV",
        code: "LV",
        form: "99999999999",
        is_right: latvia,
    },
    Country {
        prefix: "MT",
        code: "MT",
        form: "99999999",
        is_right: malta,
    },
    Country {
        prefix: "NL",
        code: "NL",
        form: "999999999B99",
        is_right: netherlands,
    },
    Country {
        prefix: "PL",
        code: "PL",
        form: "9999999999",
        is_right: poland,
    },
    Country {
        prefix: "PT",
        code: "PT",
        form: "999999999",
        is_right: portugal,
    },
    Country {
        prefix: "RO",
        code: "RO",
        form: "99 … 9999999999",
        is_right: romania,
    },
    Country {
        prefix: "SE",
        code: "SE",
        form: "999999999999",
        is_right: sweden,
    },
    Country {
        prefix: "SI",
        code: "SI",
        form: "99999999",
        is_right: slovenia,
    },
    Country {
        prefix: "SK",
        code: "SK",
        form: "9999999999",
        is_right: slovakia,
    },
    Country {
        prefix: "XI",
        code: "XI",
        form: "999999999, 999999999999",
        is_right: northern_ireland,
    },
];
