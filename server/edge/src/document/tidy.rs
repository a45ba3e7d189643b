//! Makes up for what apollo-parser 0.8 does not read as the specification has it: it refuses the
//! descriptions of operations, fragments and variables, and some commas; and it passes over a name
//! among arguments or in an object that has no value, so that a document would mean less than it says.
//!
//! Spaces take the place of descriptions and commas, and everything else keeps its own.

use super::scan::{Token, is_name, next_token};

/// The text to be parsed, or at which byte it cannot be. It has passed [`super::scan::check`].
pub(super) fn tidy(query: &str) -> Result<String, usize> {
    let mut walk = Walk::default();
    let mut text = query.as_bytes().to_vec();
    let mut end = 0;
    let mut rest = query.as_bytes();
    while let Ok(Some((token, content, after))) = next_token(rest) {
        let start = query.len() - after.len() - content.len();
        // In comments they mean nothing either.
        for byte in text[end..start].iter_mut().filter(|byte| **byte == b',') {
            *byte = b' ';
        }
        end = start + content.len();
        walk.step(&token, content)?;
        if walk.last_is_description(content) {
            blank(&mut text[walk.last.start..walk.last.start + walk.last.content.len()]);
        }
        walk.before_last = std::mem::replace(&mut walk.last, Seen { start, content });
        rest = after;
    }
    walk.end()?;
    // Whole strings and single commas were blanked.
    String::from_utf8(text).map_err(|error| error.utf8_error().valid_up_to())
}

#[derive(Default)]
struct Walk<'a> {
    last: Seen<'a>,
    before_last: Seen<'a>,
    /// The brackets around this token.
    open: Vec<u8>,
    /// Whether the outermost ones hold variables' definitions, and not a directive's arguments.
    in_definitions: bool,
}

#[derive(Default, Clone, Copy)]
struct Seen<'a> {
    start: usize,
    content: &'a [u8],
}

impl Walk<'_> {
    fn step(&mut self, token: &Token, content: &[u8]) -> Result<(), usize> {
        if content != b":" {
            self.end()?;
        }
        match token {
            Token::Open => {
                if self.open.is_empty() {
                    self.in_definitions = content == b"(" && self.before_last.content != b"@";
                }
                self.open.push(content[0]);
            }
            Token::Close => {
                self.open.pop();
            }
            Token::Directive | Token::Other => {}
        }
        Ok(())
    }

    /// Between parentheses, and in objects there, every name is a variable's, a directive's, a value or type after its colon or
    /// sign of equality, or is followed by a colon. Says where one is not.
    fn end(&self) -> Result<(), usize> {
        let of_values = match self.open.last() {
            Some(b'(') => true,
            // A selection never stands between parentheses.
            Some(b'{') => self.open.contains(&b'('),
            _ => false,
        };
        let is_bare = of_values
            && self
                .last
                .content
                .first()
                .is_some_and(|first| is_name(*first) && !first.is_ascii_digit())
            && !matches!(self.before_last.content, b":" | b"=" | b"$" | b"@");
        if is_bare { Err(self.last.start) } else { Ok(()) }
    }

    fn last_is_description(&self, content: &[u8]) -> bool {
        let of_definition =
            self.open.is_empty() && matches!(content, b"query" | b"mutation" | b"subscription" | b"fragment");
        let of_variable =
            self.open == b"(" && self.in_definitions && content == b"$" && self.before_last.content != b"=";
        self.last.content.starts_with(b"\"") && (of_definition || of_variable)
    }
}

fn blank(text: &mut [u8]) {
    for byte in text.iter_mut().filter(|byte| !matches!(**byte, b'\n' | b'\r')) {
        *byte = b' ';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptions_are_blanked_where_they_may_stand_and_nowhere_else() {
        let described = "\"a\" query Q(\"b\" $x: Int = 1 \"\"\"c\n(\"\"\" $y: [String] = [\"d\"] \"e\" $z: Int) { f } \
                         \"g\" fragment F on Q { h }";
        let plain = tidy(described).expect("it is tidy");
        assert_eq!(
            plain.split_whitespace().collect::<Vec<_>>().join(" "),
            "query Q( $x: Int = 1 $y: [String] = [\"d\"] $z: Int) { f } fragment F on Q { h }"
        );
        assert_eq!(plain.find("fragment"), described.find("fragment"));
        let others = [
            "\"a\" { f }",
            "query Q($x: String = \"a\" $y: Int) { f }",
            "query Q @d(a: \"b\" $c: 1) { f }",
            "{ f(a: [\"b\" $c]) }",
        ];
        for other in others {
            assert_eq!(tidy(other).as_deref(), Ok(other));
        }
    }

    #[test]
    fn commas_are_blanked_outside_of_strings() {
        assert_eq!(
            tidy("{,...,{a,:b(c:\",\",)}#,\n}").as_deref(),
            Ok("{ ... {a :b(c:\",\" )}# \n}")
        );
    }

    #[test]
    fn a_name_among_arguments_needs_a_value() {
        let wrong = [
            "{ f(a) }",
            "{ f(a: 1 b) }",
            "{ f(b a: 1) }",
            "{ f(a: $b c) }",
            "{ f @d(a: E b) }",
            "query($x: Int y) { f }",
            "{ f(a: {b}) }",
            "{ f(a: [{b: 1 c}]) }",
            "{ f(a",
        ];
        for query in wrong {
            assert!(tidy(query).is_err(), "{query}");
        }
        let right = "query Q($x: [Int!]! = E @d(a: true) $y: I = {z: 1}) @e(f: null) { f(a: E b: $x c: {d: [E]} e: -1) { on(g: \"\") } }";
        assert_eq!(tidy(right).as_deref(), Ok(right));
    }
}
