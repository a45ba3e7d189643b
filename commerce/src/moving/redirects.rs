//! Redirects as a file has them: pure.

use vitrine_entity::imported_order::ImportSource;

use super::{
    file::Table,
    firsts::Firsts,
    report::Problems,
    thing::{Entry, RedirectDraft, Thing},
};
use crate::{catalog::redirects::urls, language::messages};

const FROM: &[&str] = &["redirect from", "source", "source url", "path"];
const TO: &[&str] = &["redirect to", "target", "target url"];

/// Those by which a file is known to be one of redirects.
pub(super) const TELLING: [&[&str]; 2] = [FROM, TO];

/// All redirects of a file, one a path.
pub(super) fn redirects(table: &Table, source: ImportSource, problems: &mut Problems) -> Vec<Entry> {
    for names in TELLING {
        if !table.has(names) {
            problems.error(1, "", messages::moving_column_missing(names[0], source.name()));
            return Vec::new();
        }
    }
    let mut firsts = Firsts::default();
    for row in &table.rows {
        let (path, target) = (table.cell(row, FROM), table.cell(row, TO));
        let draft = RedirectDraft {
            path: path.to_owned(),
            target: target.to_owned(),
        };
        let entry = Entry {
            row: row.number,
            thing: Thing::Redirect(draft),
        };
        firsts.take(urls::normal(path), entry, FROM[0], problems);
    }
    firsts.entries()
}
