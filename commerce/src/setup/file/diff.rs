//! What has changed, for a person to read.

use std::{collections::HashMap, fmt};

use serde_json::Value;

use crate::language::Message;

/// A thing of the file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    pub section: &'static str,
    /// What the thing is known by.
    pub name: String,
    /// What of it changes, why it stays, or what is awaited: a line each.
    pub lines: Vec<Message>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Changed,
    Removed,
    /// It was to go, and is needed.
    Kept,
    /// It names what is not there yet.
    Awaited,
}

/// `+ zones Domestic`, with its lines beneath.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.kind {
            ChangeKind::Added => '+',
            ChangeKind::Changed => '~',
            ChangeKind::Removed => '-',
            ChangeKind::Kept => '!',
            ChangeKind::Awaited => '?',
        };
        write!(f, "{sign} {}", self.section)?;
        if !self.name.is_empty() {
            write!(f, " {}", self.name)?;
        }
        self.lines.iter().try_for_each(|line| write!(f, "\n    {line}"))
    }
}

/// The entries of a section: each by what it is known by, in their order.
pub(super) type State = Vec<(String, Value)>;

pub(super) fn changes(section: &'static str, before: &State, after: &State) -> Vec<Change> {
    let old: HashMap<&str, &Value> = before.iter().map(|(name, entry)| (name.as_str(), entry)).collect();
    let new: HashMap<&str, &Value> = after.iter().map(|(name, entry)| (name.as_str(), entry)).collect();
    let change = |kind, name: &str, lines| Change {
        kind,
        section,
        name: name.to_owned(),
        lines,
    };
    let mut changes = Vec::new();
    for (name, entry) in after {
        match old.get(name.as_str()) {
            None => changes.push(change(ChangeKind::Added, name, Vec::new())),
            Some(was) if *was != entry => {
                let mut lines = Vec::new();
                compare("", Some(was), Some(entry), &mut lines);
                changes.push(change(ChangeKind::Changed, name, lines));
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|(name, _)| !new.contains_key(name.as_str()));
    changes.extend(gone.map(|(name, _)| change(ChangeKind::Removed, name, Vec::new())));
    let shared = |state: &State, other: &HashMap<&str, &Value>| -> Vec<String> {
        let names = state.iter().map(|(name, _)| name.clone());
        names.filter(|name| other.contains_key(name.as_str())).collect()
    };
    let (was, is) = (shared(before, &new), shared(after, &old));
    if was != is {
        changes.push(change(
            ChangeKind::Changed,
            "",
            vec![format!("order: {}", is.join(", ")).into()],
        ));
    }
    changes
}

/// A line for each field that differs; things within a thing that have a name are compared by it.
fn compare(path: &str, before: Option<&Value>, after: Option<&Value>, lines: &mut Vec<Message>) {
    let within = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match (before, after) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let added = new.keys().filter(|key| !old.contains_key(*key));
            for key in old.keys().chain(added) {
                compare(&within(key), old.get(key), new.get(key), lines);
            }
        }
        (Some(Value::Array(old)), Some(Value::Array(new))) if is_named(old) && is_named(new) => {
            let find = |list: &'_ [Value], name: &str| list.iter().find(|item| item["name"] == name).cloned();
            let names = |list: &[Value]| -> Vec<String> {
                list.iter()
                    .filter_map(|item| item["name"].as_str().map(str::to_owned))
                    .collect()
            };
            let (was, is) = (names(old), names(new));
            for name in was.iter().chain(is.iter().filter(|name| !was.contains(name))) {
                compare(&within(name), find(old, name).as_ref(), find(new, name).as_ref(), lines);
            }
        }
        (before, after) if before != after => {
            lines.push(format!("{path}: {} -> {}", shown(before), shown(after)).into());
        }
        _ => {}
    }
}

fn is_named(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|item| item["name"].is_string())
}

fn shown(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => return "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(fields)) if fields.get("name").is_some_and(Value::is_string) => "there".to_owned(),
        Some(value) => value.to_string(),
    };
    match text.chars().count() > 120 {
        true => format!("{}…", text.chars().take(120).collect::<String>()),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: &[&Value], after: &[&Value]) -> Vec<String> {
        let state = |entries: &[&Value]| -> State {
            let named = |entry: &&Value| (entry["name"].as_str().unwrap_or_default().to_owned(), (*entry).clone());
            entries.iter().map(named).collect()
        };
        let changes = changes("zones", &state(before), &state(after));
        changes.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_person_reads_what_changes() {
        let home = json!({ "name": "Home", "countries": ["DE"], "methods": [{ "name": "Standard", "price": "4.90" }] });
        let dearer = json!({ "name": "Home", "countries": ["DE"], "methods": [{ "name": "Standard", "price": "5.90" }, { "name": "Express" }] });
        let away = json!({ "name": "Away", "countries": ["FR"] });
        assert_eq!(told(&[&home], &[&home]), Vec::<String>::new());
        assert_eq!(told(&[&home], &[&home, &away]), ["+ zones Away"]);
        assert_eq!(told(&[&home, &away], &[&home]), ["- zones Away"]);
        assert_eq!(
            told(&[&home], &[&dearer]),
            ["~ zones Home\n    methods.Standard.price: 4.90 -> 5.90\n    methods.Express: nothing -> there"]
        );
        assert_eq!(
            told(&[&home, &away], &[&away, &home]),
            ["~ zones\n    order: Away, Home"]
        );
    }
}
