//! From what a request sends to what async-graphql runs.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Name, Positioned, Request, ServerError,
    parser::types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
};

use super::{
    coerce,
    documents::Documents,
    fill::{self, Budget},
    merge,
    order::Order,
    plan,
    plan::Document,
};
use crate::{
    directed::GivenDirective,
    error::{code, request_error},
    operation::{Operation, Transport},
};

/// A document of one operation, which has no variables, fragments or conditions any more.
pub(super) struct Prepared {
    pub(super) document: ExecutableDocument,
    pub(super) kind: OperationType,
    /// The names of the fields at its top, once for each response key.
    pub(super) roots: Vec<String>,
    pub(super) order: Order,
    /// How it is to be answered.
    pub(super) directives: Vec<GivenDirective>,
}

/// Everything that is wrong with a document is told; of what is wrong with a request, the first.
pub(super) fn prepare(
    documents: &Documents,
    request: &mut Request,
    running: Option<&Operation>,
) -> Result<Prepared, Vec<ServerError>> {
    let document = documents.found(request)?;
    prepare_one(documents, &document, request, running).map_err(|error| vec![error])
}

fn prepare_one(
    documents: &Documents,
    document: &Arc<Document>,
    request: &mut Request,
    running: Option<&Operation>,
) -> Result<Prepared, ServerError> {
    let operation = select(&document.operations, request.operation_name.as_deref())?;
    check_transport(operation.kind, running.map(Operation::transport))?;
    let (language, limits) = (&documents.language, &documents.limits);
    let values = coerce::variables(language, operation, std::mem::take(&mut request.variables))?;
    let merged = merge::merge(language, operation, &values, limits)?;
    let mut budget = Budget::default();
    let directives = operation.directives.iter();
    let directives = directives.map(|directive| fill::directive(directive, &values, &mut budget));
    let directives = directives.collect::<Result<_, _>>()?;
    if let Some(refusal) = running.and_then(Operation::stale)
        && !needs_no_token(operation.kind, &merged.roots, limits.without_token)
    {
        return Err(request_error(code::UNAUTHENTICATED, refusal.0));
    }
    let definition = OperationDefinition {
        ty: operation.kind,
        variable_definitions: Vec::new(),
        directives: Vec::new(),
        selection_set: Positioned::new(merged.selections, operation.pos),
    };
    let definition = Positioned::new(definition, operation.pos);
    Ok(Prepared {
        document: ExecutableDocument {
            operations: match &operation.name {
                Some(name) => DocumentOperations::Multiple(HashMap::from([(name.clone(), definition)])),
                None => DocumentOperations::Single(definition),
            },
            fragments: HashMap::new(),
        },
        kind: operation.kind,
        roots: merged.roots.iter().map(ToString::to_string).collect(),
        order: merged.order,
        directives,
    })
}

/// The operation that will run.
fn select<'a>(operations: &'a [plan::Operation], wanted: Option<&str>) -> Result<&'a plan::Operation, ServerError> {
    let found = match wanted {
        Some(wanted) => operations
            .iter()
            .find(|operation| operation.name.as_deref() == Some(wanted)),
        None => operations.first().filter(|_| operations.len() == 1),
    };
    found.ok_or_else(|| {
        let message = match wanted {
            Some(_) => "The document has no operation of the name in `operationName`.",
            None => "The document has several operations: operationName must pick one.",
        };
        request_error(code::OPERATION_NOT_FOUND, message)
    })
}

/// Refuses what may not come through the transport it came through.
fn check_transport(kind: OperationType, transport: Option<Transport>) -> Result<(), ServerError> {
    match kind {
        OperationType::Mutation if transport.is_some_and(|transport| !transport.allows_mutations()) => {
            let message = "A mutation has to be sent by POST.";
            Err(request_error(code::METHOD_NOT_ALLOWED, message))
        }
        OperationType::Subscription if transport.is_some_and(|transport| !transport.allows_subscriptions()) => {
            let message = "A subscription needs a WebSocket, or `Accept: text/event-stream`.";
            Err(request_error(code::STREAM_REQUIRED, message))
        }
        _ => Ok(()),
    }
}

/// Whether a mutation has none but these fields at its top.
fn needs_no_token(kind: OperationType, roots: &[Name], fields: &[&str]) -> bool {
    kind == OperationType::Mutation
        && roots
            .iter()
            .all(|name| name == "__typename" || fields.contains(&name.as_str()))
}
