//! The schema as a client reads it, and calls made up of it.

use std::collections::HashMap;

use futures::StreamExt;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use vitrine_tests::{Client, client::http, patience::within};

/// As many as one document may ask for at its top.
const AT_ONCE: usize = 18;

const INTROSPECTION: &str = "{ __schema { types { kind name description isOneOf enumValues { name }
    fields(includeDeprecated: true) { name description type { ...T } args { name description defaultValue type { ...T } } }
    inputFields(includeDeprecated: true) { name defaultValue type { ...T } } } } }
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }";

pub struct Api(HashMap<String, Value>);

/// A field of an object.
pub struct Field {
    pub name: String,
    pub description: String,
    definition: Value,
}

/// What stands in a call: the value of an argument or an input's field, by the place where it stands, as in
/// `input.lines.variantId`, and its type. `None` where it may be anything.
pub type Fill<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

impl Api {
    pub async fn read(client: &Client) -> Self {
        let mut data = client.data(INTROSPECTION, json!({})).await;
        let Value::Array(types) = data["__schema"]["types"].take() else {
            panic!("no types")
        };
        Self(
            types
                .into_iter()
                .map(|t| (t["name"].as_str().unwrap().to_owned(), t))
                .collect(),
        )
    }

    /// The objects of the API, by name.
    pub fn objects(&self) -> impl Iterator<Item = (&str, &str)> {
        let objects = self.0.values().filter(|t| t["kind"] == "OBJECT");
        objects.map(|t| {
            (
                t["name"].as_str().unwrap(),
                t["description"].as_str().unwrap_or_default(),
            )
        })
    }

    pub fn fields(&self, object: &str) -> Vec<Field> {
        let fields = self.0[object]["fields"].as_array().into_iter().flatten();
        fields
            .map(|definition| Field {
                name: definition["name"].as_str().unwrap().to_owned(),
                description: definition["description"]
                    .as_str()
                    .unwrap_or_default()
                    .replace('\n', " "),
                definition: definition.clone(),
            })
            .collect()
    }

    pub fn values_of(&self, of: &str) -> Vec<&str> {
        let values = self.0[of]["enumValues"].as_array().unwrap();
        values.iter().map(|value| value["name"].as_str().unwrap()).collect()
    }

    /// The places in a call of `field`, with the type of what stands there: arguments, and the fields of inputs.
    pub fn places(&self, field: &Field) -> Vec<(String, &str)> {
        let mut places = Vec::new();
        for argument in arguments(&field.definition) {
            self.collect(
                named_in(&self.0, &argument["type"]),
                argument["name"].as_str().unwrap().to_owned(),
                &mut places,
            );
        }
        places
    }

    /// The arguments of `field` that its description keeps for staff.
    pub fn staff_arguments(&self, field: &Field) -> Vec<String> {
        let is_for_staff = |argument: &&Value| {
            let told = argument["description"].as_str().unwrap_or_default().replace('\n', " ");
            told.contains("or staff with the permission")
        };
        let arguments = arguments(&field.definition).filter(is_for_staff);
        arguments
            .map(|argument| argument["name"].as_str().unwrap().to_owned())
            .collect()
    }

    fn collect<'a>(&'a self, of: &'a str, place: String, places: &mut Vec<(String, &'a str)>) {
        let definition = &self.0[of];
        // An input that holds itself is walked a few times.
        if definition["kind"] == "INPUT_OBJECT" && place.matches('.').count() < 4 {
            for field in definition["inputFields"].as_array().unwrap() {
                let place = format!("{place}.{}", field["name"].as_str().unwrap());
                self.collect(named_in(&self.0, &field["type"]), place, places);
            }
        }
        places.push((place, of));
    }

    /// A call of `field`: what must be given, and what leads to `place`.
    pub fn call(&self, field: &Field, place: &str, fill: Fill<'_>) -> String {
        let given = arguments(&field.definition)
            .filter(|argument| is_needed(argument, argument["name"].as_str().unwrap(), place))
            .map(|argument| {
                let name = argument["name"].as_str().unwrap();
                format!("{name}: {}", self.value(&argument["type"], name, place, fill))
            });
        let given = given.collect::<Vec<_>>().join(", ");
        let given = if given.is_empty() { given } else { format!("({given})") };
        format!("{}{given}{}", field.name, self.selection(&field.definition["type"]))
    }

    fn value(&self, of: &Value, at: &str, place: &str, fill: Fill<'_>) -> String {
        match of["kind"].as_str().unwrap() {
            "NON_NULL" => return self.value(&of["ofType"], at, place, fill),
            "LIST" => return format!("[{}]", self.value(&of["ofType"], at, place, fill)),
            _ => {}
        }
        let name = of["name"].as_str().unwrap();
        let definition = &self.0[name];
        match definition["kind"].as_str().unwrap() {
            "ENUM" => definition["enumValues"][0]["name"].as_str().unwrap().to_owned(),
            "INPUT_OBJECT" => {
                let all = definition["inputFields"].as_array().unwrap();
                let path = |field: &Value| format!("{at}.{}", field["name"].as_str().unwrap());
                let mut given = all
                    .iter()
                    .filter(|field| is_needed(field, &path(field), place))
                    .collect::<Vec<_>>();
                if definition["isOneOf"] == true && given.is_empty() {
                    given.push(&all[0]);
                }
                let given = given.into_iter().map(|field| {
                    format!(
                        "{}: {}",
                        field["name"].as_str().unwrap(),
                        self.value(&field["type"], &path(field), place, fill)
                    )
                });
                format!("{{ {} }}", given.collect::<Vec<_>>().join(", "))
            }
            _ => fill(at, name).unwrap_or_else(|| scalar(name).to_owned()),
        }
    }

    fn selection(&self, of: &Value) -> String {
        let definition = &self.0[named(of)];
        let Some(fields) = definition["fields"].as_array() else {
            return match definition["kind"] == "UNION" {
                true => " { __typename }".to_owned(),
                false => String::new(),
            };
        };
        let has = |name: &str| fields.iter().any(|field| field["name"] == name);
        let mut selected = vec!["__typename".to_owned()];
        if has("userErrors") {
            selected.push("userErrors { __typename code message field }".to_owned());
            let others = fields
                .iter()
                .filter(|field| field["name"] != "userErrors" && arguments(field).next().is_none());
            selected.extend(
                others.map(|field| match self.0[named(&field["type"])]["fields"].is_array() {
                    true => format!("{} {{ __typename }}", field["name"].as_str().unwrap()),
                    false => String::new(),
                }),
            );
        }
        if has("nodes") && has("pageInfo") {
            selected.push("nodes { __typename }".to_owned());
        }
        format!(" {{ {} }}", selected.join(" "))
    }
}

/// Asks `calls` of one root, each by itself but many in a document. Gives the answer to each: its data, and its
/// errors without what tells only where it stood.
pub async fn ask(client: &Client, root: &str, before: &str, calls: &[String], after: &str) -> Vec<Value> {
    let mut answers = Vec::new();
    for calls in calls.chunks(AT_ONCE) {
        let fields = calls
            .iter()
            .enumerate()
            .map(|(i, call)| format!("a{i}: {before}{call}{after}"));
        let document = format!("{root} {{ {} }}", fields.collect::<Vec<_>>().join("\n"));
        let answer = client.answer(&document, json!({})).await;
        let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default();
        let is_asked = answer.get("data").is_some_and(Value::is_object) && !code.contains("VALIDATION");
        assert!(is_asked, "{document}\nanswered {answer:#}");
        answers.extend((0..calls.len()).map(|i| {
            let name = format!("a{i}");
            let all = answer["errors"].as_array().cloned().unwrap_or_default();
            let its = all.into_iter().filter(|error| error["path"][0] == *name);
            let told = its.map(|error| json!([error["message"], error["extensions"]]));
            json!({ "data": answer["data"][&name], "errors": told.collect::<Vec<_>>() })
        }));
    }
    answers
}

/// Follows `calls`, each by itself. Gives the first that each tells, as [`ask`] does.
pub async fn follow(client: &Client, calls: &[String]) -> Vec<Value> {
    let mut told = Vec::new();
    let http = http();
    for call in calls {
        let request = http.post(format!("{}/graphql", client.base()));
        let request = match client.access_token() {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let body = json!({ "query": format!("subscription {{ a0: {call} }}") });
        let request = request.header("accept", "text/event-stream").json(&body);
        let answer = within(call, first_event(request)).await;
        let all = answer["errors"].as_array().cloned().unwrap_or_default();
        let errors = all.iter().map(|error| json!([error["message"], error["extensions"]]));
        told.push(json!({ "data": answer["data"]["a0"], "errors": errors.collect::<Vec<_>>() }));
    }
    told
}

async fn first_event(request: RequestBuilder) -> Value {
    let mut chunks = request.send().await.unwrap().bytes_stream();
    let mut text = String::new();
    loop {
        let chunk = chunks.next().await.expect("the stream goes on").unwrap();
        text.push_str(std::str::from_utf8(&chunk).unwrap());
        let whole = text.rsplit_once("\n\n").map_or("", |(whole, _)| whole);
        let data = whole.lines().filter_map(|line| line.strip_prefix("data:"));
        let answers = data.filter_map(|data| serde_json::from_str::<Value>(data.trim()).ok());
        if let Some(answer) = answers.into_iter().next() {
            let code = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default();
            assert!(!code.contains("VALIDATION"), "{answer:#}");
            return answer;
        }
    }
}

fn arguments(field: &Value) -> impl Iterator<Item = &Value> {
    field["args"].as_array().into_iter().flatten()
}

fn is_needed(value: &Value, at: &str, place: &str) -> bool {
    let is_required = value["type"]["kind"] == "NON_NULL" && value["defaultValue"].is_null();
    is_required || place == at || place.starts_with(&format!("{at}."))
}

/// The name of a type without what is around it, as the schema keeps it.
fn named_in<'a>(types: &'a HashMap<String, Value>, of: &Value) -> &'a str {
    types.get_key_value(named(of)).expect("a type of the schema").0
}

/// Without what is around it.
fn named(of: &Value) -> &str {
    match of["ofType"].is_object() {
        true => named(&of["ofType"]),
        false => of["name"].as_str().unwrap(),
    }
}

/// A value that reads as one of this scalar.
fn scalar(name: &str) -> &'static str {
    match name {
        "Int" | "Float" => "1",
        "Boolean" => "true",
        "Decimal" => "\"1.00\"",
        "DateTime" => "\"2026-01-01T00:00:00Z\"",
        "Date" => "\"2026-01-01\"",
        "CountryCode" => "\"DE\"",
        "CurrencyCode" => "\"EUR\"",
        "Url" => "\"https://shop.example/x\"",
        _ => "\"x\"",
    }
}
