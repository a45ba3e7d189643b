//! Reads a file.

use std::io;

use vitrine_entity::{imported_order::ImportSource, product_import::ImportKind as Kind};

use super::{
    customers::customers,
    file::{Table, is_among},
    gift_cards::{self, gift_cards},
    headings::{CustomerHeadings, OrderHeadings},
    orders::orders,
    redirects::{self, redirects},
    report::Problems,
    thing::{Defaults, Entry},
};
use crate::{catalog::import::RowProblem, profile::Profile};

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    pub(super) source: ImportSource,
    pub(super) kind: Kind,
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Problems,
}

impl Read {
    /// How many things there are to write.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// What nothing could be made of, in the order in which it was found.
    pub(crate) fn problems(&self) -> &[RowProblem] {
        self.problems.list()
    }

    /// How many rows or things could not be read.
    pub(crate) fn errors(&self) -> usize {
        self.problems.errors
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Reads a file, as `source` exports it. What says no currency is in the shop's own, and what says no zone is by its clock.
pub fn read(source: ImportSource, kind: Kind, reader: impl io::Read, profile: &Profile) -> Read {
    let by = Defaults {
        currency: profile.currency,
        zone: profile.time_zone,
    };
    let mut problems = Problems::default();
    let found = &mut problems;
    let entries = match kind {
        Kind::Customers => {
            let telling = CustomerHeadings::of(source).telling();
            let table = Table::read(reader, |name| is_among(&telling, name), found);
            customers(&table, source, &by, found)
        }
        Kind::Orders => {
            let telling = OrderHeadings::of(source).telling();
            let table = Table::read(reader, |name| is_among(&telling, name), found);
            orders(&table, source, &by, found)
        }
        Kind::GiftCards => {
            let table = Table::read(reader, |name| is_among(&gift_cards::TELLING, name), found);
            gift_cards(&table, source, &by, found)
        }
        Kind::Redirects => {
            let table = Table::read(reader, |name| is_among(&redirects::TELLING, name), found);
            redirects(&table, source, found)
        }
    };
    Read {
        source,
        kind,
        entries,
        problems,
    }
}
