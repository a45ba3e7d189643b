//! A look at a document's text without any recursion: whatever passes here is safe to give to the
//! recursive parser.

use async_graphql::ServerResult;

use super::limits::GraphqlLimits;
use crate::error::{code, limit_error, request_error};

/// Refuses a text that is too long, has too many tokens or directives, or nests too deep. Gives how many tokens.
pub(super) fn check(query: &str, limits: &GraphqlLimits) -> ServerResult<usize> {
    check_length(query, limits)?;
    let (mut tokens, mut directives, mut nesting) = (0, 0, 0_usize);
    let mut rest = query.as_bytes();
    while let Some((token, _, after)) = next_token(rest)? {
        rest = after;
        tokens += 1;
        match token {
            Token::Open => nesting += 1,
            // One closer too many is for the parser to name.
            Token::Close => nesting = nesting.saturating_sub(1),
            Token::Directive => directives += 1,
            Token::Other => {}
        }
        if nesting > limits.nesting {
            let what = "Brackets are nested too deep";
            return Err(limit_error(code::QUERY_TOO_DEEP, what, limits.nesting));
        }
        if directives > limits.directives {
            let what = "The document has too many directives";
            return Err(limit_error(code::TOO_MANY_DIRECTIVES, what, limits.directives));
        }
        if tokens > limits.tokens {
            let what = "The document has too many tokens";
            return Err(limit_error(code::QUERY_TOO_MANY_TOKENS, what, limits.tokens));
        }
    }
    Ok(tokens)
}

/// Refuses a text by its length alone.
pub(super) fn check_length(query: &str, limits: &GraphqlLimits) -> ServerResult<()> {
    if query.len() > limits.bytes {
        let what = "The document is too long, in bytes";
        return Err(limit_error(code::QUERY_TOO_LARGE, what, limits.bytes));
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    Directive,
    Other,
}

/// A token, its text, and what follows.
type Next<'a> = (Token, &'a [u8], &'a [u8]);

pub(super) fn next_token(text: &[u8]) -> ServerResult<Option<Next<'_>>> {
    let text = skip_ignored(text);
    let Some(&first) = text.first() else { return Ok(None) };
    let (token, length) = match first {
        b'{' | b'[' | b'(' => (Token::Open, 1),
        b'}' | b']' | b')' => (Token::Close, 1),
        b'@' => (Token::Directive, 1),
        b'"' => (Token::Other, string_length(text)?),
        b'.' if text.starts_with(b"...") => (Token::Other, 3),
        b'-' | b'0'..=b'9' => (Token::Other, 1 + run(&text[1..], is_number)),
        _ if is_name(first) => (Token::Other, run(text, is_name)),
        _ => (Token::Other, 1),
    };
    let (text, after) = text.split_at(length);
    Ok(Some((token, text, after)))
}

fn skip_ignored(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [b' ' | b'\t' | b'\n' | b'\r' | b',', rest @ ..] => rest,
            [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
            [b'#', rest @ ..] => &rest[run(rest, |byte| byte != b'\n' && byte != b'\r')..],
            _ => return text,
        };
    }
}

/// An unterminated string is refused here: the parser would otherwise try to read it in another
/// way, and would see brackets that were not counted.
fn string_length(text: &[u8]) -> ServerResult<usize> {
    let length = if text.starts_with(b"\"\"\"") {
        block_length(text)
    } else {
        line_length(text)
    };
    length.ok_or_else(|| request_error(code::GRAPHQL_PARSE_FAILED, "A string does not end."))
}

fn line_length(text: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\n' | b'\r' => return None,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn block_length(text: &[u8]) -> Option<usize> {
    let mut at = 3;
    loop {
        let rest = text.get(at..)?;
        if rest.starts_with(b"\\\"\"\"") {
            at += 4;
        } else if rest.starts_with(b"\"\"\"") {
            return Some(at + 3);
        } else {
            at += 1;
        }
    }
}

fn run(text: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|byte| belongs(**byte)).count()
}

pub(super) fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}

fn is_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::code_of;

    fn refusal(query: &str, limits: &GraphqlLimits) -> Option<String> {
        let error = check(query, limits).err()?;
        Some(code_of(&error).expect("every refusal has a code").to_owned())
    }

    #[test]
    fn counts_tokens_as_the_specification_does() {
        let query = "query Q($a: [Int!] = [1.5e-3, -2]) { a: b(c: \"x y\", d: \"\"\"{[(@\"\"\") ...F } # { {";
        let tokens = 31;
        let exact = GraphqlLimits {
            tokens,
            ..GraphqlLimits::default()
        };
        assert_eq!(refusal(query, &exact), None);
        let one_less = GraphqlLimits {
            tokens: tokens - 1,
            ..GraphqlLimits::default()
        };
        assert_eq!(refusal(query, &one_less).as_deref(), Some(code::QUERY_TOO_MANY_TOKENS));
    }

    #[test]
    fn brackets_and_directives_in_strings_and_comments_do_not_count() {
        let none = GraphqlLimits {
            nesting: 1,
            directives: 0,
            ..GraphqlLimits::default()
        };
        assert_eq!(
            refusal("{ a \"{[(@\" \"\"\"{ \\\"\"\" [ \" ( @\"\"\" # @{[(\n }", &none),
            None
        );
        assert_eq!(refusal("{ a @b }", &none).as_deref(), Some(code::TOO_MANY_DIRECTIVES));
        assert_eq!(refusal("{ a { b } }", &none).as_deref(), Some(code::QUERY_TOO_DEEP));
    }

    #[test]
    fn a_hundred_thousand_brackets_are_refused_without_recursion() {
        let limits = GraphqlLimits {
            bytes: 1 << 20,
            tokens: 1 << 20,
            ..GraphqlLimits::default()
        };
        for open in ["{", "[", "(", "{a(b:["] {
            let query = open.repeat(100_000);
            assert_eq!(refusal(&query, &limits).as_deref(), Some(code::QUERY_TOO_DEEP));
        }
    }

    #[test]
    fn a_string_that_does_not_end_hides_nothing() {
        let limits = GraphqlLimits::default();
        for query in ["{ a(b: \"[[[", "{ a(b: \"\"\"x\" [[[[", "{ a(b: \"x\n[[[\") }", "\"\\"] {
            assert_eq!(refusal(query, &limits).as_deref(), Some(code::GRAPHQL_PARSE_FAILED));
        }
    }

    #[test]
    fn a_long_document_is_refused_by_its_length_alone() {
        let limits = GraphqlLimits::default();
        let query = format!("{{ a(b: \"{}\") }}", "x".repeat(limits.bytes));
        assert_eq!(refusal(&query, &limits).as_deref(), Some(code::QUERY_TOO_LARGE));
    }
}
