//! What a statement of a migration does to those who use the database meanwhile, on PostgreSQL: what it locks, for how long, and
//! whether servers of the version before go on. Pure, and careful: what it does not know is a hazard.
//!
//! It reads the SQL that stands in this folder, and no other: lower case, one thing a statement.

mod large;

use std::collections::BTreeSet;

pub use large::LARGE;

/// What others cannot do to the table while the statement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lock {
    /// Everything goes on.
    Nothing,
    /// Others read, and wait to write.
    Writing,
    /// Others wait.
    Everything,
}

/// How long it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Time {
    /// However large the table is.
    Moment,
    /// It reads every row.
    Reads,
    /// It writes rows: as many as the statement says.
    Writes,
}

/// Which half of an upgrade it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Servers of the version before do not miss it, and do not see it.
    Expand,
    /// It takes away what servers of some version before used.
    Contract,
    /// It writes rows.
    Data,
}

/// A statement, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// On one line, as long as it is.
    pub sql: String,
    /// The table that it is about, where it is about one that was there before.
    pub table: Option<String>,
    pub lock: Lock,
    pub time: Time,
    pub half: Half,
    /// Why no migration should do it while a shop is open.
    pub hazard: Option<&'static str>,
}

/// The statements of a migration, each judged. What it makes itself nobody uses yet.
pub fn judge(sql: &str) -> Vec<Judged> {
    let mut fresh = BTreeSet::new();
    statements(sql)
        .iter()
        .map(|statement| one(statement, &mut fresh))
        .collect()
}

fn one(statement: &str, fresh: &mut BTreeSet<String>) -> Judged {
    let sql = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = sql.split([' ', '(']).filter(|word| !word.is_empty()).collect();
    if let ["create", "table", rest @ ..] = words.as_slice() {
        fresh.extend(name(rest).map(str::to_owned));
    }
    let verdict = verdict(&sql, &words);
    let is_fresh = verdict.table.is_some_and(|table| fresh.contains(table));
    match is_fresh {
        true => Judged {
            table: None,
            lock: Lock::Nothing,
            time: Time::Moment,
            half: Half::Expand,
            hazard: None,
            sql: sql.clone(),
        },
        false => Judged {
            table: verdict.table.map(str::to_owned),
            lock: verdict.lock,
            time: verdict.time,
            half: verdict.half,
            hazard: verdict.hazard,
            sql: sql.clone(),
        },
    }
}

struct Verdict<'a> {
    table: Option<&'a str>,
    lock: Lock,
    time: Time,
    half: Half,
    hazard: Option<&'static str>,
}

impl<'a> Verdict<'a> {
    const fn expand(table: Option<&'a str>, lock: Lock, time: Time) -> Self {
        Self {
            table,
            lock,
            time,
            half: Half::Expand,
            hazard: None,
        }
    }

    const fn contract(table: Option<&'a str>, hazard: &'static str) -> Self {
        Self {
            table,
            lock: Lock::Everything,
            time: Time::Moment,
            half: Half::Contract,
            hazard: Some(hazard),
        }
    }

    fn unless(mut self, is_well: bool, hazard: &'static str) -> Self {
        if !is_well {
            self.hazard = self.hazard.or(Some(hazard));
        }
        self
    }
}

fn verdict<'a>(sql: &'a str, words: &[&'a str]) -> Verdict<'a> {
    use Lock::{Everything, Nothing, Writing};
    use Time::{Moment, Reads};
    match words {
        ["create", "table", ..] | ["create", "function", ..] | ["create", "or", "replace", "function", ..] => {
            Verdict::expand(None, Nothing, Moment)
        }
        ["create", "unique", "index", rest @ ..] => index(rest).unless(
            false,
            "servers of the version before may write what it refuses: let a release make it true first",
        ),
        ["create", "index", rest @ ..] => index(rest),
        ["drop", "index", ..] => Verdict::expand(None, Everything, Moment),
        ["create", "trigger", rest @ ..] | ["create", "constraint", "trigger", rest @ ..] => {
            Verdict::expand(after(rest, "on"), Writing, Moment)
        }
        // Its triggers tell of what shoppers see (m0023).
        ["select", "watch_publicly", ..] => Verdict::expand(None, Writing, Moment),
        ["drop", "trigger", rest @ ..] => Verdict::expand(after(rest, "on"), Everything, Moment),
        ["drop", "table", rest @ ..] => Verdict::contract(
            name(rest),
            "servers of the version before fail without it: drop it a release after nobody asks for it",
        ),
        ["alter", "table", rest @ ..] => alter(sql, rest),
        ["insert", "into", rest @ ..] => rows(name(rest), true),
        ["update", table, rest @ ..] => rows(Some(*table), rest.contains(&"where")),
        ["delete", "from", table, rest @ ..] => rows(Some(*table), rest.contains(&"where")),
        _ => Verdict {
            table: None,
            lock: Everything,
            time: Reads,
            half: Half::Data,
            hazard: Some("what it does is not seen from its text: look what it locks, and for how long"),
        },
    }
}

fn index<'a>(rest: &[&'a str]) -> Verdict<'a> {
    let table = after(rest, "on");
    if rest.first() == Some(&"concurrently") {
        return Verdict::expand(table, Lock::Nothing, Time::Reads);
    }
    Verdict::expand(table, Lock::Writing, Time::Reads).unless(
        !table.is_some_and(is_large),
        "nobody writes to a large table until it is built: `create index concurrently`, in a migration that is `apart`",
    )
}

fn alter<'a>(sql: &'a str, rest: &[&'a str]) -> Verdict<'a> {
    use Lock::{Everything, Nothing};
    use Time::{Moment, Reads, Writes};
    let Some((table, what)) = rest.split_first() else {
        return verdict(sql, &[]);
    };
    let table = Some(*table);
    let is_large = table.is_some_and(is_large);
    match what {
        ["add", "column", ..] => {
            let has = |text: &str| sql.contains(text);
            let is_computed = [
                "default random(",
                "default gen_random_uuid(",
                "default clock_timestamp(",
            ]
            .iter()
            .any(|text| has(text))
                || has(" generated always as ");
            let time = if is_computed {
                Writes
            } else if has(" check (") {
                Reads
            } else {
                Moment
            };
            Verdict::expand(table, Everything, time)
                .unless(
                    !has(" not null") || has(" default "),
                    "servers of the version before insert rows without it: give it a default, or let it be null",
                )
                .unless(!is_computed, "every row is written anew while all wait: add it without, and fill it in steps")
                .unless(
                    time != Reads || !is_large,
                    "all wait while a large table is read for its check: add the check `not valid`, and validate it apart",
                )
                .unless(!has(" unique"), "all wait while its index is built: an index of its own, `concurrently`")
        }
        ["add", "constraint", ..] => {
            let is_later = sql.ends_with(" not valid");
            let time = if is_later { Moment } else { Reads };
            Verdict::expand(table, Everything, time).unless(
                is_later || !is_large,
                "all wait while every row is looked at: `not valid`, and validate it apart",
            )
        }
        ["validate", "constraint", ..] => Verdict::expand(table, Nothing, Reads),
        ["drop", "constraint", ..] => Verdict::expand(table, Everything, Moment),
        ["alter", "column", _, "drop", "not", "null"] | ["alter", "column", _, "set", "default", ..] => {
            Verdict::expand(table, Everything, Moment)
        }
        ["alter", "column", _, "set", "not", "null"] => Verdict::expand(table, Everything, Reads).unless(
            false,
            "servers of the version before may write null, and every row is read while all wait",
        ),
        ["alter", "column", _, "type", ..] => Verdict::expand(table, Everything, Writes).unless(
            false,
            "every row may be written anew while all wait: another column, filled in steps",
        ),
        ["drop", "column", ..] | ["rename", ..] => {
            Verdict::contract(table, "servers of the version before ask for it by its name")
        }
        ["set", ..] => Verdict::expand(table, Nothing, Moment),
        _ => verdict(sql, &[]),
    }
}

/// Rows are written, in one transaction: whoever wants one of them waits until it has ended.
fn rows(table: Option<&str>, is_bound: bool) -> Verdict<'_> {
    let verdict = Verdict {
        table,
        lock: Lock::Writing,
        time: Time::Writes,
        half: Half::Data,
        hazard: None,
    };
    verdict.unless(
        is_bound || !table.is_some_and(is_large),
        "every row of a large table is written in one transaction: let a job do it in steps",
    )
}

fn is_large(table: &str) -> bool {
    LARGE.contains(&table)
}

/// The name behind `if [not] exists`.
fn name<'a>(words: &[&'a str]) -> Option<&'a str> {
    words
        .iter()
        .copied()
        .find(|word| !["if", "not", "exists"].contains(word))
}

fn after<'a>(words: &[&'a str], what: &str) -> Option<&'a str> {
    let at = words.iter().position(|word| *word == what)?;
    words.get(at + 1).copied()
}

/// The statements of a text, without comments. What stands in quotes or between `$$` is left whole.
pub(crate) fn statements(sql: &str) -> Vec<String> {
    let (mut found, mut statement, mut rest) = (Vec::new(), String::new(), sql);
    let mut quote: Option<&str> = None;
    while let Some(first) = rest.chars().next() {
        if quote.is_none() && rest.starts_with("--") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
            continue;
        }
        let mark = ["$$", "'", "\""].into_iter().find(|mark| rest.starts_with(*mark));
        match (quote, mark) {
            (None, Some(mark)) => quote = Some(mark),
            (Some(open), Some(mark)) if open == mark => quote = None,
            _ => {}
        }
        let length = mark.filter(|mark| *mark == "$$").map_or(first.len_utf8(), str::len);
        if quote.is_none() && first == ';' {
            found.push(std::mem::take(&mut statement));
        } else {
            statement.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    found.push(statement);
    found.retain(|statement| !statement.trim().is_empty());
    found
}

#[cfg(test)]
mod tests;
