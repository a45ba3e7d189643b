//! Pages that shoppers look at.

use bytes::Bytes;
use futures::future::BoxFuture;
use serde_json::{Value, json};

use crate::{
    catalogue::SHOWN,
    load::{Connection, Workload, request},
};

/// One query, asked over and over.
pub struct Read {
    pub name: &'static str,
    document: &'static str,
    variables: Value,
    body: Bytes,
}

/// The queries that are measured.
pub fn reads() -> Vec<Read> {
    vec![
        Read::new("{ __typename }", "{ __typename }", json!({})),
        Read::new(
            "listing, 24 products",
            include_str!("../../documents/listing.graphql"),
            json!({}),
        ),
        Read::new(
            "product page",
            include_str!("../../documents/product.graphql"),
            json!({ "slug": SHOWN }),
        ),
        Read::new(
            "search, facets",
            include_str!("../../documents/search.graphql"),
            json!({ "words": "laptop" }),
        ),
    ]
}

impl Read {
    fn new(name: &'static str, document: &'static str, variables: Value) -> Self {
        Self {
            name,
            document,
            body: request(document, &variables),
            variables,
        }
    }

    /// Fails if the answer shows nothing: how fast that is told is of no interest.
    pub async fn check(&self, connection: &mut Connection) -> anyhow::Result<()> {
        let data = connection.ask(self.document, &self.variables).await?;
        let shown = data.as_object().and_then(|data| data.values().next());
        let empty = match shown {
            Some(Value::Object(object)) => object.get("nodes").is_some_and(|nodes| nodes == &json!([])),
            Some(value) => value.is_null(),
            None => true,
        };
        anyhow::ensure!(!empty, "{} shows nothing: {data}", self.name);
        Ok(())
    }
}

impl Workload for Read {
    fn visit<'a>(&'a self, connection: &'a mut Connection, _: u64) -> BoxFuture<'a, anyhow::Result<()>> {
        Box::pin(async {
            connection.post(self.body.clone()).await?;
            Ok(())
        })
    }
}
