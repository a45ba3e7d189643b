use async_graphql::Response;
use serde_json::Value;
use vitrine_server::graphql::schema::builder;

const INTROSPECTION: &str = "{ __schema { types { name description kind
    fields(includeDeprecated: true) { name description args { name description } }
    inputFields { name description }
    enumValues(includeDeprecated: true) { name description } } } }";

/// Whoever writes a front end reads these instead of our code.
#[tokio::test]
async fn everything_that_a_client_can_name_is_described() {
    let response: Response = builder().finish().execute(INTROSPECTION).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let data = response.data.into_json().expect("JSON");
    let types = list(&data["__schema"], "types");
    assert!(types.len() > 100, "the whole schema was looked at");
    let mut silent = Vec::new();
    for kind in types.iter().filter(|kind| !is_foreign(name(kind))) {
        note(&mut silent, kind, name(kind).to_owned());
        for field in list(kind, "fields") {
            let path = format!("{}.{}", name(kind), name(field));
            note(&mut silent, field, path.clone());
            for argument in list(field, "args") {
                note(&mut silent, argument, format!("{path}({}:)", name(argument)));
            }
        }
        for member in list(kind, "inputFields").iter().chain(list(kind, "enumValues")) {
            note(&mut silent, member, format!("{}.{}", name(kind), name(member)));
        }
    }
    assert!(silent.is_empty(), "without a description:\n{}", silent.join("\n"));
}

/// What GraphQL itself brings along.
fn is_foreign(name: &str) -> bool {
    name.starts_with("__") || ["Boolean", "Float", "ID", "Int", "String"].contains(&name)
}

fn note(silent: &mut Vec<String>, thing: &Value, path: String) {
    if thing["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
        silent.push(path);
    }
}

fn list<'a>(thing: &'a Value, field: &str) -> &'a [Value] {
    thing[field].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn name(thing: &Value) -> &str {
    thing["name"].as_str().unwrap_or_default()
}
