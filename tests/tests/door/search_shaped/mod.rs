//! Search as staff shape it, through the door.

mod narrowing;
mod rules;
mod suggestions;
mod synonyms;
mod terms;

use serde_json::{Value, json};
use vitrine_tests::Client;

const SEARCH: &str = "query($query: String, $where: ProductWhere, $sort: ProductSearchSort! = RELEVANCE, $first: Int! = 50, $after: String) {
    productSearch(query: $query, where: $where, sort: $sort, first: $first, after: $after) {
        nodes { slug id } totalCount degraded pageInfo { hasNextPage endCursor } } }";

pub(crate) fn mutation(name: &str, fields: &str) -> String {
    let noun = format!("{}{}", name[..1].to_uppercase(), &name[1..]);
    format!("mutation($input: {noun}Input!) {{ {name}(input: $input) {{ {fields} }} }}")
}

pub(crate) async fn search(client: &Client, variables: Value) -> Value {
    client.data(SEARCH, variables).await["productSearch"].take()
}

pub(crate) fn slugs(found: &Value) -> Vec<String> {
    let nodes = found["nodes"].as_array().unwrap().iter();
    nodes.map(|node| node["slug"].as_str().unwrap().to_owned()).collect()
}

pub(crate) async fn found(client: &Client, query: &str) -> Vec<String> {
    slugs(&search(client, json!({ "query": query })).await)
}
