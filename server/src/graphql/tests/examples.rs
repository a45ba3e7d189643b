use async_graphql::{Request, Variables};

use crate::graphql::builder;

/// What the page at `/graphql` offers to try.
const EXAMPLES: &str = include_str!("../../http/ide/examples.js");

/// A schema that may spend nothing refuses a valid document for its cost alone, and runs none.
#[tokio::test]
async fn the_examples_fit_the_schema() {
    let schema = builder().limit_complexity(0).finish();
    let queries: Vec<_> = EXAMPLES.split("query: `").skip(1).filter_map(|rest| rest.split('`').next()).collect();
    assert!(queries.len() >= 14, "found only {}", queries.len());
    for query in queries {
        let variables = Variables::from_json(serde_json::json!({ "text": "", "input": null }));
        let response = schema.execute(Request::new(query).variables(variables)).await;
        let messages: Vec<_> = response.errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, ["Query is too complex."], "{query}");
    }
}
