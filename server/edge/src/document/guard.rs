//! The one extension that every operation passes: it gives async-graphql a document that cannot be
//! misunderstood in place of what came, names every error, keeps a panic to its field, puts the
//! answer into the document's order, and reports the cost. One extension and not five, because each
//! one in the chain boxes a future for every field.

use std::{
    any::{Any, TypeId},
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
};

use async_graphql::{
    Data, IntrospectionMode, Name, Request, Response, ServerError, ServerResult, ValidationResult, Value, Variables,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextParseQuery, NextPrepareRequest, NextRequest,
        NextResolve, NextSubscribe, NextValidation, ResolveInfo,
    },
    parser::types::{ExecutableDocument, OperationType},
};
use futures::{FutureExt, StreamExt, stream::BoxStream};
use tokio::sync::{Semaphore, SemaphorePermit};
use tracing::{Instrument, Span};

use super::{cost::Cost, documents::Documents, measure::INTROSPECTION_DISABLED, nulls::Nulls, order::Order, prepare};
use crate::{
    charge::Asked,
    error::{code, complete, limit_error, panicked, with_code},
    late::Late,
    metrics::{Measured, name as kind_name},
    operation::Operation,
    repeat::Repeating,
    request_ids::RequestIds,
    traces::TARGET as TRACES,
    wording::Wording,
};

/// How many events of subscriptions are resolved at the same moment. Each takes more room than what waits for it, and
/// thousands may be told of something together.
pub(super) const EVENTS_AT_ONCE: usize = 128;

/// Makes a guard for each operation.
pub(super) struct Guard {
    documents: Arc<Documents>,
    events: Arc<Semaphore>,
}

impl Guard {
    pub(super) fn new(documents: Arc<Documents>) -> Self {
        Self {
            documents,
            events: Arc::new(Semaphore::new(EVENTS_AT_ONCE)),
        }
    }
}

impl ExtensionFactory for Guard {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Guarded(Arc::new(State {
            documents: Arc::clone(&self.documents),
            events: Arc::clone(&self.events),
            nulls: Nulls::default(),
            kind: OnceLock::new(),
            order: OnceLock::new(),
            refused: OnceLock::new(),
            fields: OnceLock::new(),
            cost: OnceLock::new(),
            operation: OnceLock::new(),
            repeating: OnceLock::new(),
            ids: OnceLock::new(),
            wording: OnceLock::new(),
        })))
    }
}

struct Guarded(Arc<State>);

/// One operation's.
struct State {
    documents: Arc<Documents>,
    events: Arc<Semaphore>,
    nulls: Nulls,
    kind: OnceLock<OperationType>,
    order: OnceLock<Order>,
    /// What is wrong with a document, besides the first: async-graphql takes one error from here.
    refused: OnceLock<Vec<ServerError>>,
    fields: OnceLock<Vec<String>>,
    cost: OnceLock<Cost>,
    operation: OnceLock<Arc<Operation>>,
    /// Where it is a mutation that came with a key.
    repeating: OnceLock<Repeating>,
    ids: OnceLock<RequestIds>,
    wording: OnceLock<Wording>,
}

#[async_trait::async_trait]
impl Extension for Guarded {
    async fn request(&self, ctx: &ExtensionContext<'_>, next: NextRequest<'_>) -> Response {
        let outcome = AssertUnwindSafe(next.run(ctx)).catch_unwind().await;
        let response = self.0.finish(outcome);
        let response = match self.0.cost.get() {
            Some(cost) => response.extension("cost", cost.to_value()),
            None => response,
        };
        match self.0.hides_types() {
            true => {
                let why = [
                    ("code", code::INTROSPECTION_DISABLED),
                    ("message", INTROSPECTION_DISABLED),
                ];
                let why = why.map(|(name, value)| (Name::new(name), Value::from(value)));
                response.extension("introspection", Value::Object(why.into_iter().collect()))
            }
            false => response,
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
        let mut request = next.run(ctx, request).await?;
        self.0.prepare(&mut request)?;
        Ok(request)
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
            limit: self.0.documents.limits.complexity,
            remaining: None,
        };
        cost.check().map_err(|error| vec![error])?;
        let remaining = self.0.charge(cost).await.map_err(|error| vec![error])?;
        let _ = self.0.cost.set(Cost { remaining, ..cost });
        if let (Some(operation), Some(kind)) = (self.0.operation.get(), self.0.kind.get()) {
            self.0.take_up(operation, *kind).await.map_err(|error| vec![error])?;
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
        let _turn = self.0.turn().await;
        if let Some(operation) = self.0.operation.get() {
            operation.execute();
        }
        let running = next.run(ctx, operation_name).instrument(self.0.step());
        let mut response = match self.0.late() {
            Some(late) => late.read(running.boxed()).await,
            None => running.await,
        };
        self.0.nulls.fill(&mut response);
        if let Some(order) = self.0.order.get() {
            order.arrange(&mut response.data);
        }
        if let Some(repeating) = self.0.repeating.get() {
            repeating.end(&mut response).await;
        }
        response
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let (path, kind) = (info.path_node, info.return_type);
        let key = info.alias.unwrap_or(info.name);
        let caught = AssertUnwindSafe(next.run(ctx, info)).catch_unwind();
        let caught = caught.map(|outcome| outcome.unwrap_or_else(|panic| Err(panicked(panic.as_ref()))));
        let outcome = match self.0.repeating.get().filter(|_| path.parent.is_none()) {
            Some(repeating) => repeating.resolve(key, caught.boxed()).await,
            None => caught.await,
        };
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
        if let Some(wording) = find::<Wording>(data) {
            let _ = self.wording.set(wording.clone());
        }
    }

    /// Puts what will run in place of what came.
    fn prepare(&self, request: &mut Request) -> ServerResult<()> {
        let operation = self.operation.get().map(|operation| &**operation);
        let prepared = prepare::prepare(&self.documents, request, operation).map_err(|mut errors| {
            let first = errors.remove(0);
            let _ = self.refused.set(errors);
            first
        })?;
        if let Some(operation) = operation {
            operation.direct(&prepared.directives, &mut request.data)?;
        }
        let _ = self.kind.set(prepared.kind);
        let _ = self.fields.set(prepared.roots);
        let _ = self.order.set(prepared.order);
        request.set_parsed_query(prepared.document);
        // They are written into the document.
        request.variables = Variables::default();
        request.operation_name = None;
        if !self.documents.development {
            // `__type` knows no type then, and `__schema` was refused.
            request.introspection_mode = IntrospectionMode::Disabled;
        }
        Ok(())
    }

    /// Whether a type is asked for that may not be told: there is none of any name.
    fn hides_types(&self) -> bool {
        let fields = self.fields.get().into_iter().flatten();
        !self.documents.development && fields.into_iter().any(|name| name == "__type")
    }

    /// Where a mutation came with a key: sees whether it is to be done.
    async fn take_up(&self, operation: &Operation, kind: OperationType) -> ServerResult<()> {
        if kind == OperationType::Mutation
            && let Some(repeating) = operation.repeat().await?
        {
            let _ = self.repeating.set(repeating);
        }
        Ok(())
    }

    /// An event of a subscription waits for its turn.
    async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        match self.kind.get() {
            // Nobody closes it.
            Some(OperationType::Subscription) => self.events.acquire().await.ok(),
            _ => None,
        }
    }

    /// Who has its fields read late, where it is a query that may be.
    fn late(&self) -> Option<Arc<dyn Late>> {
        let (operation, fields) = (self.operation.get()?, self.fields.get()?);
        let is_query = self.kind.get() == Some(&OperationType::Query);
        operation.late().filter(|late| is_query && late.may_be(fields))
    }

    /// What stands for its fields in a trace.
    fn step(&self) -> Span {
        let (kind, root) = (self.kind.get(), self.fields.get().and_then(|fields| fields.first()));
        tracing::info_span!(
            target: TRACES,
            "operation",
            operation = kind.map(|kind| kind_name(*kind)),
            field = root
        )
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
        operation.measure(Measured {
            kind: *kind,
            field: asked.fields.first().cloned().unwrap_or_default(),
            cost: cost.requested,
        });
        operation.charge(asked).await
    }

    fn name_validation_errors(&self, errors: Vec<ServerError>) -> Vec<ServerError> {
        errors.into_iter().map(|error| self.name_one(error)).collect()
    }

    fn name_one(&self, error: ServerError) -> ServerError {
        match error.message.as_str() {
            "Query is nested too deep." => limit_error(
                code::QUERY_TOO_DEEP,
                "The query is nested through too many fields",
                self.documents.limits.depth,
            ),
            _ => with_code(error, code::GRAPHQL_VALIDATION_FAILED),
        }
    }

    fn finish(&self, outcome: Result<Response, Box<dyn Any + Send>>) -> Response {
        let mut response = outcome.unwrap_or_else(|panic| Response::from_errors(vec![panicked(panic.as_ref())]));
        response
            .errors
            .extend(self.refused.get().into_iter().flatten().cloned());
        let id = self.ids.get().map(|ids| ids.correlation_id.as_str());
        for error in &mut response.errors {
            if let Some(wording) = self.wording.get() {
                wording.put(error);
            }
            complete(error, id);
        }
        response
    }
}

fn find<T: 'static>(data: &Data) -> Option<&T> {
    data.get(&TypeId::of::<T>())?.downcast_ref()
}
