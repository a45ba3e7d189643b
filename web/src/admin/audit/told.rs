//! What an entry holds, as people read it: each field by itself, and of a change what it was and what it became.

use serde::Serialize;
use serde_json::{Map, Value};

/// Longer values are cut off: the whole entry is in the API, and in its table.
const LETTERS_MAX: usize = 200;
const FIELDS_MAX: usize = 20;

/// A field of an entry.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct Field {
    /// As the entry calls it, in small words: `prices include tax`.
    name: String,
    /// What it was, where the entry says so.
    before: Option<String>,
    now: String,
}

/// The fields of an entry; of those that it tells before and after the change, those that differ.
pub fn fields(data: &Value) -> Vec<Field> {
    let Some(data) = data.as_object() else {
        return Vec::new();
    };
    let sides = (data.get("before"), data.get("after"));
    let fields = match sides {
        (Some(Value::Object(before)), Some(Value::Object(after))) => changes(before, after),
        (Some(before), Some(after)) => vec![change(String::new(), Some(before), after)],
        _ => data
            .iter()
            .map(|(name, value)| change(words(name), None, value))
            .collect(),
    };
    fields.into_iter().take(FIELDS_MAX).collect()
}

fn changes(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Field> {
    let differing = after.iter().filter(|(name, value)| before.get(*name) != Some(value));
    differing
        .map(|(name, value)| change(words(name), Some(before.get(name).unwrap_or(&Value::Null)), value))
        .collect()
}

fn change(name: String, before: Option<&Value>, now: &Value) -> Field {
    Field {
        name,
        before: before.map(text),
        now: text(now),
    }
}

fn text(value: &Value) -> String {
    let whole = match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => "✓".to_owned(),
        Value::Bool(false) => "✗".to_owned(),
        Value::String(text) if text.is_empty() => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "–".to_owned(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let pairs = fields
                .iter()
                .map(|(name, value)| format!("{}: {}", words(name), text(value)));
            pairs.collect::<Vec<_>>().join("; ")
        }
        Value::Number(number) => number.to_string(),
    };
    match whole.char_indices().nth(LETTERS_MAX) {
        Some((at, _)) => format!("{}…", &whole[..at]),
        None => whole,
    }
}

/// `pricesIncludeTax` and `prices_include_tax` as `prices include tax`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        match letter {
            '_' => words.push(' '),
            letter if letter.is_uppercase() => {
                words.push(' ');
                words.extend(letter.to_lowercase());
            }
            letter => words.push(letter),
        }
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_is_told_in_words() {
        let field = |name: &str, before: Option<&str>, now: &str| Field {
            name: name.to_owned(),
            before: before.map(str::to_owned),
            now: now.to_owned(),
        };
        let data =
            json!({ "before": { "name": "Ada", "role": "packer" }, "after": { "name": "Ada", "role": "chief" } });
        assert_eq!(fields(&data), [field("role", Some("packer"), "chief")]);
        let data = json!({ "skus": ["A-1", "A-2"], "dryRun": false, "note": null });
        let mut told = fields(&data);
        told.sort_by(|one, other| one.name.cmp(&other.name));
        assert_eq!(
            told,
            [
                field("dry run", None, "✗"),
                field("note", None, "–"),
                field("skus", None, "A-1, A-2")
            ]
        );
        assert_eq!(fields(&json!({ "before": 3, "after": 5 })), [field("", Some("3"), "5")]);
        assert!(fields(&json!([])).is_empty());
        let long = fields(&json!({ "text": "ä".repeat(300) }));
        assert_eq!(long[0].now.chars().count(), LETTERS_MAX + 1);
    }
}
