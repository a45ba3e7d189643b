//! Addresses that go into mails and pages as links.

use crate::{ErrorCode, Refusal, language::messages};

/// The most characters of an address.
const LENGTH_MAX: usize = 2_000;

/// An address of the web's own schemes, for nothing else becomes a link; empty text is `None`.
pub fn web_address(field: &[&str], text: Option<&str>) -> Result<Option<String>, Refusal> {
    match super::optional_line(field, text, LENGTH_MAX)? {
        Some(url) if !is_web_address(&url) => {
            let message = messages::web_address_form(super::name(field));
            Err(Refusal::new(ErrorCode::Invalid, message).at(field))
        }
        url => Ok(url),
    }
}

fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let begins = |rest: &str| rest.starts_with(|first: char| first.is_alphanumeric() || first == '[');
    let unfit = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    rest.is_some_and(|rest| begins(rest) && !rest.contains(unfit))
}
