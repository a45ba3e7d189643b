//! The one extension that every operation passes: it refuses what is above the limits before
//! anything recursive looks at it, names every error, keeps a panic to its field, and reports the
//! cost. One extension and not four, because each one in the chain boxes a future for every field.

use std::{
    any::{Any, TypeId},
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    Data, Request, Response, ServerError, ServerResult, ValidationResult, Value, Variables,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery, NextPrepareRequest, NextRequest,
        NextResolve, NextSubscribe, NextValidation, ResolveInfo,
    },
    parser::types::{ExecutableDocument, OperationType},
};
use futures::{FutureExt, StreamExt, stream::BoxStream};

use super::{cost::Cost, limits::GraphqlLimits, measure, nulls::Nulls, scan};
use crate::edge::{
    charge::Asked,
    error::{code, complete, limit_error, panicked, request_error, with_code},
    operation::Operation,
    request_ids::RequestIds,
};

/// More errors than this help nobody, and cost us.
const VALIDATION_ERRORS_MAX: usize = 20;

/// Makes a guard for each operation.
pub(super) struct Guard {
    pub(super) limits: GraphqlLimits,
    pub(super) introspection: bool,
}

impl ExtensionFactory for Guard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Guarded(Arc::new(State {
            limits: self.limits,
            introspection: self.introspection,
            nulls: Nulls::default(),
            kind: OnceLock::new(),
            fields: OnceLock::new(),
            cost: OnceLock::new(),
            operation: OnceLock::new(),
            ids: OnceLock::new(),
        })))
    }
}

struct Guarded(Arc<State>);

/// One operation's.
struct State {
    limits: GraphqlLimits,
    introspection: bool,
    nulls: Nulls,
    kind: OnceLock<OperationType>,
    fields: OnceLock<Vec<String>>,
    cost: OnceLock<Cost>,
    operation: OnceLock<Arc<Operation>>,
    ids: OnceLock<RequestIds>,
}

#[async_trait::async_trait]
impl Extension for Guarded {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let outcome = AssertUnwindSafe(next.run(ctx)).catch_unwind().await;
        let response = self.0.finish(outcome);
        match self.0.cost.get() {
            Some(cost) => response.extension("cost", cost.to_value()),
            None => response,
        }
    }

    fn subscribe<'s>(
        &self,
        ctx: &ExtensionContext<'_>,
        stream: BoxStream<'s, Response>,
        next: NextSubscribe<'_>,
    ) -> BoxStream<'s, Response> {
        let state = Arc::clone(&self.0);
        AssertUnwindSafe(next.run(ctx, stream))
            .catch_unwind()
            .map(move |outcome| state.finish(outcome))
            .boxed()
    }

    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        request: Request,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Request> {
        self.0.remember(&request.data);
        scan::check(&request.query, &self.0.limits)?;
        // Persisted queries come in here, so that a stored document is checked as a new one is.
        let request = next.run(ctx, request).await.map_err(name_preparation_error)?;
        self.0.check(request)
    }

    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        // Only async-graphql's own depth check is left to fail here.
        next.run(ctx, query, variables)
            .await
            .map_err(|error| with_code(error, code::QUERY_TOO_DEEP))
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let result = next
            .run(ctx)
            .await
            .map_err(|errors| self.0.name_validation_errors(errors))?;
        let cost = Cost {
            requested: result.complexity,
            limit: self.0.limits.complexity,
            remaining: None,
        };
        cost.check().map_err(|error| vec![error])?;
        let remaining = self.0.charge(cost).await.map_err(|error| vec![error])?;
        let _ = self.0.cost.set(Cost { remaining, ..cost });
        if let (Some(operation), Some(kind)) = (self.0.operation.get(), self.0.kind.get()) {
            operation.accept(*kind);
        }
        Ok(result)
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut response = next.run(ctx, operation_name).await;
        self.0.nulls.fill(&mut response);
        response
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let (path, kind) = (info.path_node, info.return_type);
        let outcome = AssertUnwindSafe(next.run(ctx, info)).catch_unwind().await;
        let outcome = outcome.unwrap_or_else(|panic| Err(panicked(panic.as_ref())));
        self.0.nulls.settle(path, kind, outcome)
    }
}

impl State {
    fn remember(&self, data: &Data) {
        if let Some(operation) = find::<Arc<Operation>>(data) {
            let _ = self.operation.set(Arc::clone(operation));
        }
        if let Some(ids) = find::<RequestIds>(data) {
            let _ = self.ids.set(ids.clone());
        }
    }

    /// Parses the document and looks at everything that validation cannot or must not see first.
    fn check(&self, mut request: Request) -> ServerResult<Request> {
        let variables = std::mem::take(&mut request.variables);
        let name = request.operation_name.clone();
        let parsed = request.parsed_query();
        let document = parsed.map_err(|error| with_code(error, code::GRAPHQL_PARSE_FAILED))?;
        measure::check(document, &self.limits, self.introspection)?;
        let operation = measure::select(document, name.as_deref())?;
        measure::check_variables(operation, &variables)?;
        let transport = self.operation.get().map(|operation| operation.transport());
        let kind = measure::check_kind(document, operation, transport)?;
        if let Some(refusal) = self.operation.get().and_then(|operation| operation.stale())
            && !measure::is_made_of(operation, self.limits.without_token)
        {
            return Err(request_error(code::UNAUTHENTICATED, refusal.0));
        }
        let _ = self.kind.set(kind);
        let _ = self.fields.set(measure::root_field_names(document, operation));
        request.variables = variables;
        Ok(request)
    }

    /// Counts the operation, which is about to run.
    async fn charge(&self, cost: Cost) -> ServerResult<Option<u32>> {
        let (Some(operation), Some(kind)) = (self.operation.get(), self.kind.get()) else {
            return Ok(None);
        };
        let asked = Asked {
            kind: *kind,
            fields: self.fields.get().cloned().unwrap_or_default(),
            cost: cost.requested,
        };
        operation.charge(asked).await
    }

    fn name_validation_errors(&self, errors: Vec<ServerError>) -> Vec<ServerError> {
        errors
            .into_iter()
            .take(VALIDATION_ERRORS_MAX)
            .map(|error| self.name_one(error))
            .collect()
    }

    fn name_one(&self, error: ServerError) -> ServerError {
        match error.message.as_str() {
            "Query is nested too deep." => limit_error(
                code::QUERY_TOO_DEEP,
                "The query is nested through too many fields",
                self.limits.depth,
            ),
            message if message.starts_with("Invalid value for ") => with_code(error, code::BAD_USER_INPUT),
            _ => with_code(error, code::GRAPHQL_VALIDATION_FAILED),
        }
    }

    fn finish(&self, outcome: Result<Response, Box<dyn Any + Send>>) -> Response {
        let mut response = outcome.unwrap_or_else(|panic| Response::from_errors(vec![panicked(panic.as_ref())]));
        let id = self.ids.get().map(|ids| ids.correlation_id.as_str());
        for error in &mut response.errors {
            complete(error, id);
        }
        response
    }
}

/// What persisted queries answer has no codes; anything else here is a document that does not
/// parse.
fn name_preparation_error(error: ServerError) -> ServerError {
    let code = match error.message.as_str() {
        "PersistedQueryNotFound" => code::PERSISTED_QUERY_NOT_FOUND,
        "provided sha does not match query" => code::PERSISTED_QUERY_INVALID,
        message if message.contains("\"PersistedQuery\"") => code::PERSISTED_QUERY_INVALID,
        _ => code::GRAPHQL_PARSE_FAILED,
    };
    with_code(error, code)
}

fn find<T: 'static>(data: &Data) -> Option<&T> {
    data.get(&TypeId::of::<T>())?.downcast_ref()
}
