//! What the shop refuses is said in the reader's language: a text in Rust is one that nobody can translate.

use super::sources;

/// A room whose texts are for those who write programs: what stands in a schema.
const OF_SCHEMAS: &str = "events";

/// Texts that are no refusal of a form, or that say in English what they put in.
const ALONE: [&str; 24] = [
    "A policy has changed since",
    "Another attribute has the {what}",
    "Another price of the variant is planned",
    "Between 1 and {FIELDS_AT_ONCE_MAX} metafields can be {what}",
    "Its discount was deleted.",
    "Its file is gone.",
    "Keys are replaced by the command line.",
    "Nothing of what was bought is a download.",
    "The address has expired",
    "The address is not one that the shop gave.",
    "The check digit of `{barcode}`",
    "The goods in this database are priced in",
    "The order is not paid, was cancelled",
    "The picture is shown by",
    "The shop cannot sell in",
    "The shop failed at this line.",
    "The value must be {what}.",
    "There is no file: {error}.",
    "Whoever asked for it may not",
    "Whoever started it may not import",
    "Whoever started it may not work",
    "`{barcode}` is no GTIN",
    "`{name}` is the id of",
    "{what} must be between",
];

/// A sentence is recognised by how it begins and ends.
#[test]
fn what_is_refused_is_a_message() {
    let mut texts = Vec::new();
    for (path, source) in sources() {
        let Ok(room) = path.strip_prefix("commerce/src") else {
            continue;
        };
        let is_code = !path.ends_with("tests.rs") && !room.components().any(|part| part.as_os_str() == "tests");
        if is_code && !room.starts_with(OF_SCHEMAS) {
            let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            texts.extend(
                sentences(code)
                    .into_iter()
                    .map(|text| format!("{}: {text}", room.display())),
            );
        }
    }
    assert!(
        texts.is_empty(),
        "write these into commerce/words/en/staff.ftl and the other languages, and say them by their messages:\n{}",
        texts.join("\n")
    );
}

/// The texts of a source that are sentences for whoever asked, of one line or several.
fn sentences(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = code.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let code = lines
        .collect::<Vec<_>>()
        .join("\n")
        .replace("\\\n", "")
        .replace("'\"'", "' '");
    let mut rest = code.as_str();
    while let Some((before, after)) = rest.split_once('"') {
        let Some(end) = end_of(after) else { break };
        let text = &after[..end];
        if is_sentence(text) && !is_for_us(before) && !ALONE.iter().any(|alone| text.starts_with(alone)) {
            found.push(text.to_owned());
        }
        rest = &after[end + 1..];
    }
    found
}

/// Where a text's closing quotation mark stands.
fn end_of(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, letter)| {
        let ends = letter == '"' && !escaped;
        escaped = letter == '\\' && !escaped;
        ends.then_some(at)
    })
}

fn is_sentence(text: &str) -> bool {
    let begins = text.starts_with(|first: char| first.is_uppercase() || matches!(first, '`' | '{'));
    begins && text.contains(' ') && text.trim_end().ends_with(['.', '!', '?'])
}

/// Whether what stands before a text says that it is for a log, a panic or a developer.
fn is_for_us(before: &str) -> bool {
    let line = before
        .rsplit('\n')
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let own = [
        "expect(",
        "panic!(",
        "reason =",
        "tracing::",
        "Fault::",
        "assert",
        "error(",
        "unreachable!(",
    ];
    own.iter().any(|word| line.contains(word))
}

#[test]
fn a_sentence_is_found_wherever_it_is_broken() {
    let code = "let message = \"A shop has \\\n    one.\";\n// \"Not this one.\"\nrow.expect(\"It is there.\");";
    assert_eq!(sentences(code), ["A shop has one."]);
}
