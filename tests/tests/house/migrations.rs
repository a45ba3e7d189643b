//! A migration goes under the servers of the version before, while shoppers buy: it takes nothing away from them, and has nobody
//! wait for long. What [`judge`] calls a hazard is listed, with those from before anybody looked, in `migrations.txt`.

use std::{collections::BTreeSet, fs};

use vitrine_migration::{
    judge::{LARGE, judge},
    texts,
};

use super::root;

const LIST: &str = "tests/tests/house/migrations.txt";

/// How much of a statement names it.
const NAMED_BY: usize = 110;

#[test]
fn no_migration_is_a_hazard_to_an_open_shop() {
    let mut found = BTreeSet::new();
    let mut told = Vec::new();
    for (name, text) in texts() {
        for judged in judge(&text.unwrap_or_default()) {
            let Some(hazard) = judged.hazard else { continue };
            let line = format!("{name}: {}", judged.sql.chars().take(NAMED_BY).collect::<String>());
            told.push((line.trim_end().to_owned(), hazard));
        }
    }
    let list = fs::read_to_string(root().join(LIST)).unwrap();
    let allowed: BTreeSet<&str> = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let mut new = Vec::new();
    for (line, hazard) in &told {
        if !allowed.contains(line.as_str()) {
            new.push(format!("{line}\n    {hazard}"));
        }
        found.insert(line.as_str());
    }
    assert!(
        new.is_empty(),
        "not while a shop is open (mend it; or list its first line in {LIST}, under why it may be):\n{}",
        new.join("\n")
    );
    let stale: Vec<_> = allowed.difference(&found).collect();
    assert!(
        stale.is_empty(),
        "{LIST} lists what is no hazard, or not there: {stale:#?}"
    );
}

#[test]
fn what_is_called_large_is_there() {
    let all: String = texts().into_iter().filter_map(|(_, text)| text).collect();
    let gone: Vec<_> = LARGE
        .iter()
        .filter(|table| !all.contains(&format!("create table {table} (")))
        .collect();
    assert!(gone.is_empty(), "{gone:?}");
}
