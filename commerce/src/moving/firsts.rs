//! What a file names twice: the first row counts, and one behind it that says otherwise is told, instead of passing for what is
//! here already.

use std::collections::HashMap;

use super::{report::Problems, thing::Entry};
use crate::language::messages;

/// Things of a file, in its order.
#[derive(Debug, Default)]
pub(super) struct Firsts {
    entries: Vec<Entry>,
    /// Where the first among them stands that is named so.
    named: HashMap<String, usize>,
}

impl Firsts {
    /// Takes a thing by what names it, unless a row before names it, too, and says otherwise. Whether it is
    /// taken.
    pub(super) fn take(
        &mut self,
        name: impl Into<String>,
        entry: Entry,
        column: &str,
        problems: &mut Problems,
    ) -> bool {
        let place = *self.named.entry(name.into()).or_insert(self.entries.len());
        match self.entries.get(place) {
            Some(first) if first.thing != entry.thing => {
                problems.error(entry.row, column, messages::moving_row_before(first.row));
                false
            }
            _ => {
                self.entries.push(entry);
                true
            }
        }
    }

    pub(super) fn entries(self) -> Vec<Entry> {
        self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moving::thing::{RedirectDraft, Thing};

    #[test]
    fn the_first_counts_and_what_says_otherwise_is_told() {
        let (mut firsts, mut problems) = (Firsts::default(), Problems::default());
        for (row, path, target) in [(2, "/a", "/x"), (3, "/a", "/x"), (4, "/b", "/x"), (5, "/a", "/y")] {
            let draft = RedirectDraft {
                path: path.to_owned(),
                target: target.to_owned(),
            };
            let thing = Thing::Redirect(draft);
            firsts.take(path, Entry { row, thing }, "path", &mut problems);
        }
        let rows: Vec<_> = firsts.entries().iter().map(|entry| entry.row).collect();
        assert_eq!(rows, [2, 3, 4]);
        let [told] = problems.list() else {
            panic!("{problems:?}")
        };
        assert_eq!(
            (told.row, told.column.as_str(), &told.message),
            (5, "path", &messages::moving_row_before(2_usize))
        );
    }
}
