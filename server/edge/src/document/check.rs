//! From a text to operations that are valid, or to errors that name a token or a field and its
//! place, and nothing of what the text says: it may hold a password.

use apollo_compiler::{
    ExecutableDocument, ast,
    diagnostic::ToCliReport as _,
    parser::Parser,
    validation::{DiagnosticList, Valid},
};
use async_graphql::ServerError;

use super::{
    language::Language,
    limits::GraphqlLimits,
    lines::Lines,
    measure, merge, plan,
    plan::{Document, Public},
    rules, scan, suggest, tidy,
};
use crate::error::{code, located};

/// More errors than this help nobody, and cost us.
const ERRORS_MAX: usize = 20;

/// What apollo-compiler says of a subscription with two fields. It counts fields that are merged
/// into one, so that [`merge::check`] counts instead.
const TOO_MANY_FIELDS: &str = "can only have one root field";

/// How apollo-compiler begins what it says of a value that its type does not take.
const OF_VALUES: [&str; 6] = [
    "expected value of type ",
    "field `",
    "float cannot ",
    "int cannot ",
    "the required field `",
    "value `",
];

/// What apollo-compiler says where something is not there.
const OF_ABSENCE: [&str; 3] = [
    "must have a subselection set",
    "nused variable",
    "must be used in an operation",
];

/// Everything that documents are checked against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checks<'a> {
    pub(super) language: &'a Language,
    pub(super) limits: &'a GraphqlLimits,
    /// Whether the schema may be asked for, and names are suggested.
    pub(super) development: bool,
    pub(super) public: Public,
}

/// What a token takes at most, besides its text: a value, and the heap that a text stands in.
const TOKEN_BYTES: usize = size_of::<plan::Value>() + 48;

/// What a text says. What is cheap to find is looked for first, and nothing recursive sees a text that could hurt it.
pub(super) fn document(checks: Checks<'_>, query: &str) -> Result<Document, Vec<ServerError>> {
    let tokens = scan::check(query, checks.limits).map_err(|error| vec![error])?;
    let lines = Lines::of(query);
    let parsed = tidy::tidy(query)
        .map_err(|offset| syntax_error("expected `:` and a value after the name", query, offset, &lines))
        .and_then(|text| parse(&text, &lines));
    let parsed = parsed.map_err(|error| vec![error])?;
    measure::check(&parsed, checks.limits, checks.development).map_err(|error| vec![error])?;
    let document = validate(checks, &parsed, &lines)?;
    let planned = plan::document(checks.language, &document, &lines, checks.public);
    for operation in &planned.operations {
        merge::check(checks.language, operation, checks.limits).map_err(|error| vec![error])?;
    }
    // Each token may be a value, which takes far more than its letters.
    Ok(Document {
        bytes: planned.bytes + query.len() + tokens * TOKEN_BYTES,
        ..planned
    })
}

fn parse(text: &str, lines: &Lines) -> Result<ast::Document, ServerError> {
    let parsed = Parser::new().parse_ast(text, "document");
    parsed.map_err(|failed| {
        // The first error is the one; what follows comes of it.
        let first = failed.errors.iter().next().map(|found| {
            let offset = found.error.location().map_or(text.len(), |span| span.offset());
            (found.error.to_string(), offset)
        });
        let (message, offset) = first.unwrap_or_default();
        let message = message.strip_prefix("syntax error: ").unwrap_or(&message);
        // "expected …, got …" would quote a token, which may be a string.
        let expected = message.split_once(", got ").map_or(message, |(expected, _)| expected);
        syntax_error(expected, text, offset, lines)
    })
}

fn syntax_error(expected: &str, text: &str, offset: usize, lines: &Lines) -> ServerError {
    let message = format!("Syntax error: {expected}, found {}.", token_at(text, offset));
    located(code::GRAPHQL_PARSE_FAILED, message, Some(lines.position(offset)))
}

/// What stands at a place: punctuation as it is, everything else by its kind.
fn token_at(text: &str, offset: usize) -> &str {
    let rest = text
        .get(offset..)
        .unwrap_or_default()
        .trim_start_matches([' ', '\t', '\r', '\n', ',']);
    match rest.chars().next() {
        None => "the end of the document",
        Some('"') => "a string",
        Some('-' | '0'..='9') => "a number",
        Some('!' | '$' | '&' | '(' | ')' | '.' | ':' | '=' | '@' | '[' | ']' | '{' | '|' | '}') => &rest[..1],
        Some('_' | 'a'..='z' | 'A'..='Z') => "a name",
        Some(_) => "a character that has no meaning here",
    }
}

fn validate(
    checks: Checks<'_>,
    parsed: &ast::Document,
    lines: &Lines,
) -> Result<Valid<ExecutableDocument>, Vec<ServerError>> {
    let schema = checks.language.schema();
    let (document, mut errors) = match parsed.to_executable(schema) {
        Ok(document) => (document, Vec::new()),
        Err(failed) => (failed.partial, errors_of(checks, &failed.errors, lines)),
    };
    let document = match document.validate(schema) {
        Ok(document) => document,
        Err(failed) => {
            let more = errors_of(checks, &failed.errors, lines);
            // Of a document without the fields that there are not, some is said that is not so of the one that was sent.
            let is_partial = !errors.is_empty();
            errors.extend(
                more.into_iter()
                    .filter(|error| !(is_partial && is_of_absence(&error.message))),
            );
            Valid::assume_valid(failed.partial)
        }
    };
    if errors.is_empty() {
        errors = rules::broken(schema, &document, lines);
    }
    if errors.is_empty() {
        return Ok(document);
    }
    errors.sort_by_key(|error| error.locations.first().map(|pos| (pos.line, pos.column)));
    errors.truncate(ERRORS_MAX);
    Err(errors)
}

fn is_of_absence(message: &str) -> bool {
    OF_ABSENCE.iter().any(|words| message.contains(words))
}

fn errors_of(checks: Checks<'_>, found: &DiagnosticList, lines: &Lines) -> Vec<ServerError> {
    let errors = found.iter().filter_map(|diagnostic| {
        let message = diagnostic.error.to_string();
        if message.ends_with(TOO_MANY_FIELDS) {
            return None;
        }
        let meant = checks
            .development
            .then(|| suggest::for_message(checks.language, &message));
        let pos = diagnostic.error.location().map(|span| lines.position(span.offset()));
        let code = match OF_VALUES.iter().any(|start| message.starts_with(start)) {
            true => code::BAD_USER_INPUT,
            false => code::GRAPHQL_VALIDATION_FAILED,
        };
        let message = sentence(&message) + &meant.flatten().unwrap_or_default();
        Some(located(code, message, pos))
    });
    errors.collect()
}

fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
