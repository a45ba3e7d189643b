//! How much one GraphQL document may ask. Every bound has an error code of its own, and the cheap
//! checks come first: the text is scanned before it is parsed, the document is measured before it
//! is validated.

mod cost;
mod guard;
pub mod limits;
mod measure;
mod nulls;
mod scan;

use async_graphql::{ObjectType, SchemaBuilder, SubscriptionType};

use self::{guard::Guard, limits::GraphqlLimits};

/// Puts the limits on a schema, with everything else that every operation must pass: stable error
/// codes, `null` where a field failed, panics kept to their field, and the cost report.
///
/// Call it before any other extension is added: this one has to look at a document first. In
/// production introspection and suggestions are off.
pub fn apply<Query, Mutation, Subscription>(
    builder: SchemaBuilder<Query, Mutation, Subscription>,
    limits: &GraphqlLimits,
    development: bool,
) -> SchemaBuilder<Query, Mutation, Subscription>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    let builder = builder
        .limit_depth(limits.depth)
        .limit_recursive_depth(limits.selection_depth)
        .extension(Guard {
            limits: *limits,
            introspection: development,
        });
    if development {
        builder
    } else {
        builder.disable_introspection().disable_suggestions()
    }
}
