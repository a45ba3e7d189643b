//! From a place in a document's text to its line and column.

use async_graphql::Pos;

/// Where the lines of a text begin.
pub(super) struct Lines {
    starts: Vec<usize>,
    /// The bytes that begin no character, so that columns count characters without walking the line.
    inner: Vec<usize>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        let after = (0..bytes.len()).filter(|at| ends_line(*at)).map(|at| at + 1);
        Self {
            starts: std::iter::once(0).chain(after).collect(),
            inner: (0..bytes.len()).filter(|at| !text.is_char_boundary(*at)).collect(),
        }
    }

    /// Line and column, both from 1, of the character at a byte.
    pub(super) fn position(&self, offset: usize) -> Pos {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let before = |at| self.inner.partition_point(|inner| *inner < at);
        Pos {
            line,
            column: 1 + offset - start - (before(offset) - before(start)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let text = "{ a\r\n é b\rc\n}";
        let lines = Lines::of(text);
        let at = |what: char| {
            let Pos { line, column } = lines.position(text.find(what).expect("is there"));
            (line, column)
        };
        assert_eq!(
            [at('{'), at('a'), at('é'), at('b'), at('c'), at('}')],
            [(1, 1), (1, 3), (2, 2), (2, 4), (3, 1), (4, 1)]
        );
        assert_eq!(lines.position(text.len()), Pos { line: 4, column: 2 });
    }
}
