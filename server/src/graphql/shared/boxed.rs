//! A part of a root whose futures lie on the heap, and which refuses strangers what is for staff; and the events of
//! subscriptions, whose futures do, too.

use std::{borrow::Cow, future::ready, pin::Pin};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, Response, ServerResult,
    SubscriptionType, Value,
    parser::types::{Field, OperationType},
    registry::Registry,
};
use futures::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};

use super::{
    failure::{Failure, Result},
    refused_payload, staff_guard,
};

/// A noun of a root. async-graphql nests the parts of a root in each other, each with room for the largest future of
/// those within: without this, one large use case makes every level large, and a debug build runs out of stack.
#[derive(Debug, Default)]
pub struct Boxed<T>(T);

impl<T: ObjectType> ContainerType for Boxed<T> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        match staff_guard::refusal(ctx) {
            None => Box::pin(self.0.resolve_field(ctx)).await,
            // A mutation tells its refusals as data.
            Some(refusal) if ctx.query_env.operation.node.ty == OperationType::Mutation => {
                Box::pin(refused_payload::resolve(ctx, refusal)).await.map(Some)
            }
            Some(refusal) => Err(staff_guard::error(ctx, refusal)),
        }
    }
}

impl<T: OutputType> OutputType for Boxed<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        Box::pin(self.0.resolve(ctx, field)).await
    }
}

/// What a subscription tells. Thousands wait at once: the stream, an event, and what resolves it, take their room on the
/// heap when there is one, and not in what waits. async-graphql makes room for an event several times over.
pub type Events<T> = BoxStream<'static, Result<Boxed<Box<T>>>>;

/// Makes a stream one of events.
pub fn events<T: 'static, E: Into<Failure> + 'static>(
    stream: impl Stream<Item = std::result::Result<T, E>> + Send + 'static,
) -> Events<T> {
    let events = stream.map(|event| event.map(|event| Boxed(Box::new(event))).map_err(Into::into));
    events.boxed()
}

impl<T: ObjectType> ObjectType for Boxed<T> {}

impl<T: SubscriptionType> SubscriptionType for Boxed<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    fn create_field_stream<'a>(
        &'a self,
        ctx: &'a Context<'_>,
    ) -> Option<Pin<Box<dyn Stream<Item = Response> + Send + 'a>>> {
        match staff_guard::refusal(ctx) {
            None => self.0.create_field_stream(ctx),
            Some(refusal) => {
                let refused = Response::from_errors(vec![staff_guard::error(ctx, refusal)]);
                Some(Box::pin(stream::once(ready(refused))))
            }
        }
    }
}
