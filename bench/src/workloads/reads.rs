//! Pages that shoppers look at.

use std::{net::SocketAddr, time::Duration};

use anyhow::Context;
use bytes::Bytes;
use futures::future::BoxFuture;
use serde_json::{Value, json};

use crate::{
    catalogue::SHOWN,
    load::{Connection, Workload, request},
};

/// How long the search engine may take to be filled.
const ENGINE_PATIENCE: Duration = Duration::from_secs(600);

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

/// Waits until the search engine answers: a large index is built beside an open door, and the database answers meanwhile.
pub async fn engine_is_filled(address: SocketAddr) -> anyhow::Result<()> {
    let document = "{ productSearch(query: \"laptop\", first: 1) { degraded } }";
    let mut connection = Connection::open(address).await?;
    let waiting = async {
        while connection.ask(document, &json!({})).await?["productSearch"]["degraded"] != false {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Ok(())
    };
    let waited = tokio::time::timeout(ENGINE_PATIENCE, waiting).await;
    waited.context("the search engine was not filled in time")?
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
