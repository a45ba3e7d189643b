//! Redirects as a file has them: pure.

use vitrine_entity::imported_order::ImportSource;

use super::{
    file::{Row, Table},
    report::Problems,
    thing::{Entry, RedirectDraft, Thing},
};
use crate::language::messages;

const FROM: &[&str] = &["redirect from", "source", "source url", "path"];
const TO: &[&str] = &["redirect to", "target", "target url"];

/// Those by which a file is known to be one of redirects.
pub(super) const TELLING: [&[&str]; 2] = [FROM, TO];

/// All redirects of a file.
pub(super) fn redirects(table: &Table, source: ImportSource, problems: &mut Problems) -> Vec<Entry> {
    for names in TELLING {
        if !table.has(names) {
            problems.error(1, "", messages::moving_column_missing(names[0], source.name()));
            return Vec::new();
        }
    }
    let entry = |row: &Row| Entry {
        row: row.number,
        thing: Thing::Redirect(RedirectDraft {
            path: table.cell(row, FROM).to_owned(),
            target: table.cell(row, TO).to_owned(),
        }),
    };
    table.rows.iter().map(entry).collect()
}
