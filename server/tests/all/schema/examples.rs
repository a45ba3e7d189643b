use std::sync::Arc;

use async_graphql::{
    Request, Response, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute},
};
use vitrine_server::graphql::schema::{ShopSchema, builder};

/// What the page at `/graphql` offers to try.
const EXAMPLES: &str = include_str!("../../../src/pages/ide/examples.js");

#[tokio::test]
async fn the_examples_fit_the_schema() {
    let schema = builder().extension(Stop).finish();
    let queries: Vec<_> = EXAMPLES
        .split("query: `")
        .skip(1)
        .filter_map(|rest| rest.split('`').next())
        .collect();
    assert!(queries.len() >= 14, "found only {}", queries.len());
    for query in queries {
        assert_eq!(errors(&schema, query).await, [""; 0], "{query}");
    }
    assert_eq!(errors(&schema, "{ shop { nonsense } }").await.len(), 1);
}

async fn errors(schema: &ShopSchema, query: &str) -> Vec<String> {
    let variables = Variables::from_json(serde_json::json!({ "text": "" }));
    let response = schema.execute(Request::new(query).variables(variables)).await;
    response.errors.into_iter().map(|error| error.message).collect()
}

/// Lets a document be validated, and runs nothing.
struct Stop;

impl ExtensionFactory for Stop {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for Stop {
    async fn execute(&self, _: &ExtensionContext<'_>, _: Option<&str>, _: NextExecute<'_>) -> Response {
        Response::default()
    }
}
