//! What is on a page, and what it is.

use super::text::Line;

/// A4, in points.
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;

/// What something is, for whoever is read a page to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Sender,
    Recipient(usize),
    Title,
    Introduction(usize),
    /// Of a fact: its name and what it says.
    FactName(usize),
    Fact(usize),
    Heading(usize),
    /// Of a row, which cell.
    Cell(usize, usize),
    TotalName(usize),
    Total(usize),
    Note(usize),
    Footer(usize),
    /// Nothing that is read: what stands on each page again.
    Decoration,
}

/// Something on a page.
pub(super) enum Mark {
    /// Its left end, and its baseline.
    Text {
        x: f32,
        y: f32,
        line: Line,
        part: Part,
    },
    Rule {
        from: f32,
        to: f32,
        y: f32,
    },
}

/// A page.
#[derive(Default)]
pub(super) struct Page {
    pub(super) marks: Vec<Mark>,
}

impl Part {
    /// Where it is read: what a fact or a total says after its name.
    fn place(self) -> (Self, bool) {
        match self {
            Self::Fact(at) => (Self::FactName(at), true),
            Self::Total(at) => (Self::TotalName(at), true),
            other => (other, false),
        }
    }
}

impl Page {
    /// Draws first what is read first, so that programs that follow no tags give the text in its order, too. What nobody is read
    /// comes last.
    pub(super) fn put_in_order(&mut self) {
        self.marks.sort_by_key(|mark| match mark {
            Mark::Text { part, .. } => part.place(),
            Mark::Rule { .. } => Part::Decoration.place(),
        });
    }
}
