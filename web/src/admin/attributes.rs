//! Attributes of a product or a variant in a form: a field for each that staff have defined, called by its key
//! (`attr.material`), and lines for all others.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::typed::texts;
use crate::{refusals::Refusal, visit::Form};

/// What an attribute is called in a form.
const DEFINED: &str = "attr.";

/// The lines of those that nobody has defined: `Name: value`.
const OTHERS: &str = "otherAttributes";

/// The names of those that stood there when the form was shown: one that stands there no more goes.
const KNOWN: &str = "knownAttribute";

/// A value that something has, as each document asks for it.
#[derive(Debug, Default, Deserialize)]
struct Value {
    key: Option<String>,
    name: String,
    value: String,
}

/// What staff have defined, as the fragment `Definition` asks for it.
#[derive(Debug, Default, Deserialize)]
struct Definition {
    key: String,
    name: String,
    kind: String,
    list: bool,
    choices: Vec<Choice>,
}

#[derive(Debug, Default, Deserialize)]
struct Choice {
    value: String,
}

/// All fields, with what stands in them.
#[derive(Debug, Default, Serialize, PartialEq, Eq)]
pub struct Fields {
    defined: Vec<Field>,
    others: String,
    known: Vec<String>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct Field {
    name: String,
    label: String,
    is_list: bool,
    is_boolean: bool,
    choices: Vec<String>,
    value: String,
}

/// `values` and `definitions`: of any document that asks for them.
pub fn fields(values: &impl Serialize, definitions: &impl Serialize) -> Fields {
    let (values, definitions): (Vec<Value>, Vec<Definition>) = (of(values), of(definitions));
    let is_other = |value: &&Value| definitions.iter().all(|known| Some(&known.key) != value.key.as_ref());
    let others: Vec<_> = values.iter().filter(is_other).collect();
    let lines: Vec<_> = others
        .iter()
        .map(|value| format!("{}: {}", value.name, value.value))
        .collect();
    let mut known: Vec<_> = others.iter().map(|value| value.name.clone()).collect();
    known.dedup();
    Fields {
        defined: definitions
            .iter()
            .map(|definition| field(definition, &values))
            .collect(),
        others: lines.join("\n"),
        known,
    }
}

fn field(definition: &Definition, values: &[Value]) -> Field {
    let its = values
        .iter()
        .filter(|value| value.key.as_ref() == Some(&definition.key));
    Field {
        name: format!("{DEFINED}{}", definition.key),
        label: definition.name.clone(),
        is_list: definition.list,
        is_boolean: definition.kind == "BOOLEAN",
        choices: definition.choices.iter().map(|choice| choice.value.clone()).collect(),
        value: its.map(|value| value.value.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn of<Item: DeserializeOwned>(answered: &impl Serialize) -> Vec<Item> {
    let read = serde_json::to_value(answered).and_then(serde_json::from_value::<Option<Vec<Item>>>);
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "attributes are not what they are in every document");
        None
    })
    .unwrap_or_default()
}

/// The values of one attribute, as inputs take them: by its key or by its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Values {
    pub key: Option<String>,
    pub name: Option<String>,
    pub values: Vec<String>,
}

/// What the form says of each attribute that it shows, and of those that it has in lines. A comma parts values where an
/// attribute may have several.
pub fn read(form: &Form) -> Vec<Values> {
    let lists = form.all("listAttribute");
    let mut read: Vec<Values> = form
        .pairs()
        .filter_map(|(name, text)| {
            let values = match lists.iter().any(|list| list == name) {
                true => texts(text),
                false => Some(text.trim().to_owned())
                    .filter(|text| !text.is_empty())
                    .into_iter()
                    .collect(),
            };
            Some(Values {
                key: Some(name.strip_prefix(DEFINED)?.to_owned()),
                name: None,
                values,
            })
        })
        .collect();
    for line in form.text(OTHERS).lines().filter(|line| !line.trim().is_empty()) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        let there = read.iter_mut().find(|values| values.name.as_ref() == Some(&name));
        match there {
            Some(values) => values.values.push(value),
            None => read.push(Values {
                key: None,
                name: Some(name),
                values: vec![value],
            }),
        }
    }
    for known in form.all(KNOWN) {
        if read.iter().all(|values| values.name.as_ref() != Some(&known)) {
            read.push(Values {
                key: None,
                name: Some(known),
                values: Vec::new(),
            });
        }
    }
    read
}

/// Each told at the field that the attribute has in the form.
pub fn at_fields(form: &Form, refused: Vec<Refusal>) -> Vec<Refusal> {
    let read = read(form);
    let told = refused.into_iter().map(|refusal| {
        let values = refusal.place("attributes").and_then(|place| read.get(place));
        match values.map(|values| &values.key) {
            Some(Some(key)) => refusal.told_at(&format!("{DEFINED}{key}")),
            Some(None) => refusal.told_at(OTHERS),
            None => refusal,
        }
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_attribute_has_a_field_or_a_line() {
        let value = |key: Option<&str>, name: &str, value: &str| json!({ "key": key, "name": name, "value": value });
        let values = json!([
            value(Some("colour"), "Colour", "Red"),
            value(Some("colour"), "Colour", "Blue"),
            value(None, "Origin", "Kyoto"),
        ]);
        let definitions = json!([
            { "key": "colour", "name": "Colour", "kind": "TEXT", "list": true, "choices": [] },
            { "key": "vegan", "name": "Vegan", "kind": "BOOLEAN", "list": false, "choices": [] },
        ]);
        let shown = fields(&values, &definitions);
        let defined: Vec<_> = shown
            .defined
            .iter()
            .map(|field| (field.name.as_str(), field.value.as_str()))
            .collect();
        assert_eq!(defined, [("attr.colour", "Red, Blue"), ("attr.vegan", "")]);
        assert!(shown.defined[1].is_boolean);
        assert_eq!(
            (shown.others.as_str(), shown.known.as_slice()),
            ("Origin: Kyoto", ["Origin".to_owned()].as_slice())
        );
        assert_eq!(fields(&json!([]), &json!(null)), Fields::default());
    }

    #[test]
    fn each_attribute_is_read_from_its_field_or_its_line() {
        let form = Form::from(
            "listAttribute=attr.colours&attr.colours=Red,+Blue&attr.care=Wash,+cold&attr.size=&knownAttribute=Era\
             &knownAttribute=Origin&otherAttributes=Origin:+Kyoto%0AOrigin:+Nara%0AMood:+calm:+very",
        );
        let values = |key: Option<&str>, name: Option<&str>, values: &[&str]| Values {
            key: key.map(str::to_owned),
            name: name.map(str::to_owned),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        assert_eq!(
            read(&form),
            [
                values(Some("colours"), None, &["Red", "Blue"]),
                values(Some("care"), None, &["Wash, cold"]),
                values(Some("size"), None, &[]),
                values(None, Some("Origin"), &["Kyoto", "Nara"]),
                values(None, Some("Mood"), &["calm: very"]),
                values(None, Some("Era"), &[]),
            ]
        );
    }
}
