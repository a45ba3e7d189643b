//! Where the sign of a percentage stands beside it, and which it is: of data that is generated (`data/README.md`). ICU4X has the
//! same, still marked as experimental.

use std::{collections::HashMap, sync::LazyLock};

use crate::patterns::{Around, nearest};

static DATA: LazyLock<HashMap<&str, Around>> = LazyLock::new(|| {
    let lines = include_str!("../data/percents.tsv").lines();
    let rows = lines.filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(tag, pattern)| Some((tag, Around::read(pattern)?)))
        .collect()
});

/// Of a language that the data lacks, as CLDR's root has it.
const PLAIN: Around = Around {
    before: "",
    behind: "%",
};

pub(crate) fn of(tag: &str) -> Around {
    nearest(&DATA, tag).unwrap_or(PLAIN)
}

/// Hundredths of a percent as a decimal without idle zeros, and without a sign: `7.7`.
pub(crate) fn digits(basis_points: u64) -> String {
    let decimal = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
}
