//! From what a request sends to a valid document: its text, a hash that stands for one, or the id
//! of one that is trusted.

use std::{any::TypeId, sync::Arc};

use async_graphql::{Request, ServerError, Value, from_value};
use serde::Deserialize;

use super::{
    cache::{Cache, Hash, hash, parse_hash},
    check::{self, Checks},
    language::Language,
    limits::GraphqlLimits,
    plan::{Document, Public},
    scan,
    trusted::{self, InvalidManifest, Trusted},
};
use crate::error::{code, request_error};

/// How many documents a server remembers, and how much memory they may take. A client whose hash is
/// not known sends the document again, so that every server learns by itself.
const DOCUMENTS_MAX: usize = 1_000;
const BYTES_MAX: usize = 32 * 1024 * 1024;

/// Where a request names a trusted document, as GraphQL over HTTP has it.
pub(crate) const DOCUMENT_ID: &str = "documentId";
/// Where Apollo's clients name a document by its hash.
const PERSISTED_QUERY: &str = "persistedQuery";

/// What every schema needs to understand documents. See [`super::apply`].
#[derive(Debug)]
pub struct Documents {
    pub(super) language: Arc<Language>,
    pub(super) limits: GraphqlLimits,
    pub(super) development: bool,
    cache: Cache,
    trusted: Trusted,
    trusted_only: bool,
    public: Public,
}

/// What became of a request's document before the operation began.
struct Ahead(Result<Arc<Document>, Vec<ServerError>>);

#[derive(Deserialize)]
struct PersistedQuery {
    version: i32,
    #[serde(rename = "sha256Hash")]
    sha256_hash: String,
}

impl Documents {
    /// In production introspection and suggestions are off.
    pub fn new(language: Arc<Language>, limits: GraphqlLimits, development: bool) -> Self {
        Self {
            language,
            limits,
            development,
            cache: Cache::new(DOCUMENTS_MAX, BYTES_MAX),
            trusted: Trusted::default(),
            trusted_only: false,
            public: |_, _| false,
        }
    }

    /// Says which fields are public. Where all of a document's are, and it only reads, its answers may be kept. Call it
    /// before [`trusting`](Self::trusting).
    #[must_use]
    pub fn keeping(self, public: Public) -> Self {
        Self { public, ..self }
    }

    /// Reads a request's document before it runs. Says whether it is public.
    pub(crate) fn look_ahead(&self, request: &mut Request) -> bool {
        let found = self.find(request);
        let is_public = found.as_ref().is_ok_and(|document| document.is_public);
        request.data.insert(Ahead(found));
        is_public
    }

    /// What was found ahead, or is now.
    pub(super) fn found(&self, request: &mut Request) -> Result<Arc<Document>, Vec<ServerError>> {
        let ahead = request.data.get(&TypeId::of::<Ahead>());
        match ahead.and_then(|ahead| ahead.downcast_ref::<Ahead>()) {
            Some(Ahead(found)) => found.clone(),
            None => self.find(request),
        }
    }

    /// Trusts the documents of a manifest, each of which has to be valid. With `only`, nothing else
    /// is run.
    pub fn trusting(self, manifest: &str, only: bool) -> Result<Self, InvalidManifest> {
        let trusted = trusted::read(manifest)?;
        let trusting = self.trusting_too(trusted)?;
        Ok(Self {
            trusted_only: only,
            ..trusting
        })
    }

    /// Besides those of a manifest, the server's own, each by its id.
    pub fn trusting_too(mut self, texts: impl IntoIterator<Item = (String, String)>) -> Result<Self, InvalidManifest> {
        for (id, text) in texts {
            let document = self.check(&text).map_err(|errors| {
                let messages: Vec<_> = errors.into_iter().map(|error| error.message).collect();
                InvalidManifest::Document {
                    id: id.clone(),
                    message: messages.join(" "),
                }
            })?;
            self.trusted.insert(&id, &text, document);
        }
        Ok(self)
    }

    fn find(&self, request: &mut Request) -> Result<Arc<Document>, Vec<ServerError>> {
        let persisted = persisted(request).map_err(|error| vec![error])?;
        if let Some(Value::String(id)) = request.extensions.remove(DOCUMENT_ID)
            && request.query.trim().is_empty()
        {
            return self.trusted.by_id(&id).ok_or_else(|| vec![not_found()]);
        }
        if request.query.trim().is_empty() {
            let known = persisted.and_then(|named| {
                let by_hash = parse_hash(&named).and_then(|hash| self.known(&hash));
                by_hash.or_else(|| self.trusted.by_id(&named))
            });
            return known.ok_or_else(|| vec![not_found()]);
        }
        // What is too long is not even hashed.
        scan::check_length(&request.query, &self.limits).map_err(|error| vec![error])?;
        let hash = hash(&request.query);
        if persisted.is_some_and(|named| parse_hash(&named) != Some(hash)) {
            let message = "provided sha does not match query";
            return Err(vec![request_error(code::PERSISTED_QUERY_INVALID, message)]);
        }
        if let Some(known) = self.known(&hash) {
            return Ok(known);
        }
        if self.trusted_only {
            let message = "Only the documents that the shop's own clients use are run here.";
            return Err(vec![request_error(code::DOCUMENT_NOT_TRUSTED, message)]);
        }
        let document = Arc::new(self.check(&request.query)?);
        self.cache.insert(hash, &document);
        Ok(document)
    }

    fn known(&self, hash: &Hash) -> Option<Arc<Document>> {
        self.trusted.by_hash(hash).or_else(|| self.cache.get(hash))
    }

    fn check(&self, text: &str) -> Result<Document, Vec<ServerError>> {
        let checks = Checks {
            language: &self.language,
            limits: &self.limits,
            development: self.development,
            public: self.public,
        };
        check::document(checks, text)
    }
}

/// The hash that a request names, as it is written.
fn persisted(request: &mut Request) -> Result<Option<String>, ServerError> {
    let Some(value) = request.extensions.remove(PERSISTED_QUERY) else {
        return Ok(None);
    };
    match from_value::<PersistedQuery>(value) {
        Ok(PersistedQuery {
            version: 1,
            sha256_hash,
        }) => Ok(Some(sha256_hash)),
        _ => {
            let message = "The extension \"persistedQuery\" has the version 1 and a \"sha256Hash\".";
            Err(request_error(code::PERSISTED_QUERY_INVALID, message))
        }
    }
}

fn not_found() -> ServerError {
    request_error(code::PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
}
