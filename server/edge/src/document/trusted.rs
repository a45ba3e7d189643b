//! Documents that the operator trusts, from the manifest that a client's build writes: Relay's and
//! GraphQL Code Generator's `{"id": "text"}`, or Apollo's `apollo-persisted-query-manifest`.

use std::{collections::HashMap, sync::Arc};

use serde::Deserialize;
use serde_json::Value;

use super::{
    cache::{Hash, hash},
    plan::Document,
};

/// What an id may begin with: the GraphQL-over-HTTP draft names the function that made it.
const HASH_PREFIX: &str = "sha256:";

/// Documents that may be asked for by an id.
#[derive(Debug, Default)]
pub(super) struct Trusted {
    by_id: HashMap<String, Arc<Document>>,
    by_hash: HashMap<Hash, Arc<Document>>,
}

/// A manifest that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InvalidManifest {
    #[error("it is neither an object of ids and documents nor Apollo's manifest")]
    Form(#[from] serde_json::Error),
    #[error("its format is not known: version 1 of `apollo-persisted-query-manifest` is")]
    Format,
    #[error("the document `{id}` is not valid: {message}")]
    Document { id: String, message: String },
}

#[derive(Deserialize)]
struct ApolloManifest {
    format: String,
    version: u32,
    operations: Vec<ApolloOperation>,
}

#[derive(Deserialize)]
struct ApolloOperation {
    id: String,
    body: String,
}

/// Ids and texts.
pub(super) fn read(manifest: &str) -> Result<Vec<(String, String)>, InvalidManifest> {
    let value: Value = serde_json::from_str(manifest)?;
    if value.get("operations").is_some_and(Value::is_array) {
        let manifest: ApolloManifest = serde_json::from_value(value)?;
        if manifest.format != "apollo-persisted-query-manifest" || manifest.version != 1 {
            return Err(InvalidManifest::Format);
        }
        let operations = manifest.operations.into_iter();
        return Ok(operations.map(|operation| (operation.id, operation.body)).collect());
    }
    let texts: std::collections::BTreeMap<String, String> = serde_json::from_value(value)?;
    Ok(texts.into_iter().collect())
}

impl Trusted {
    pub(super) fn insert(&mut self, id: &str, text: &str, document: Document) {
        let document = Arc::new(document);
        self.by_hash.insert(hash(text), Arc::clone(&document));
        self.by_id.insert(bare(id).to_owned(), document);
    }

    pub(super) fn by_id(&self, id: &str) -> Option<Arc<Document>> {
        self.by_id.get(bare(id)).cloned()
    }

    pub(super) fn by_hash(&self, hash: &Hash) -> Option<Arc<Document>> {
        self.by_hash.get(hash).cloned()
    }
}

fn bare(id: &str) -> &str {
    id.strip_prefix(HASH_PREFIX).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_usual_builds_write() {
        let expected = vec![("a".to_owned(), "{ x }".to_owned())];
        let relay = r#"{ "a": "{ x }" }"#;
        assert_eq!(read(relay).expect("a manifest"), expected);
        let apollo = r#"{ "format": "apollo-persisted-query-manifest", "version": 1,
            "operations": [{ "id": "a", "name": "X", "type": "query", "body": "{ x }" }] }"#;
        assert_eq!(read(apollo).expect("a manifest"), expected);
        assert!(matches!(
            read(&apollo.replace("-query", "")),
            Err(InvalidManifest::Format)
        ));
        assert!(matches!(read("[]"), Err(InvalidManifest::Form(_))));
        assert!(matches!(read(r#"{ "a": 1 }"#), Err(InvalidManifest::Form(_))));
    }
}
