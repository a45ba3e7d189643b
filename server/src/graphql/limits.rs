//! How much one GraphQL document may ask. Every bound has an error code of its own, and the cheap
//! checks come first: the text is scanned before it is parsed, the document is measured before it
//! is validated.

pub(super) mod document;
pub(super) mod scan;

use async_graphql::{ObjectType, SchemaBuilder, SubscriptionType};

use super::guard::Guard;

/// The bounds. The defaults let the introspection of GraphiQL and of the usual code generators
/// through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GraphqlLimits {
    /// Length of the document. `QUERY_TOO_LARGE`.
    pub bytes: usize,
    /// Names, numbers, strings and punctuation of the document. `QUERY_TOO_MANY_TOKENS`.
    pub tokens: usize,
    /// Brackets of any kind within each other, in the text. The parser recurses once for each.
    /// `QUERY_TOO_DEEP`.
    pub nesting: usize,
    /// Directives in the whole document. `TOO_MANY_DIRECTIVES`.
    pub directives: usize,
    /// Selection sets within each other, with fragments followed. `QUERY_TOO_DEEP`.
    pub selection_depth: usize,
    /// Fields within each other, as the answer will nest them. `QUERY_TOO_DEEP`.
    pub depth: usize,
    /// Fields after every fragment is written out, over the whole document. `QUERY_TOO_COMPLEX`.
    pub fields: usize,
    /// What the fields cost together: a plain one costs 1, a connection multiplies by its page's
    /// size. `QUERY_TOO_COMPLEX`.
    pub complexity: usize,
    /// Renamed fields, after every fragment is written out. `TOO_MANY_ALIASES`.
    pub aliases: usize,
    /// Fields at an operation's top: as many logins can one request try. `TOO_MANY_ROOT_FIELDS`.
    pub root_fields: usize,
}

impl Default for GraphqlLimits {
    fn default() -> Self {
        Self {
            bytes: 64 * 1024,
            tokens: 8_000,
            nesting: 50,
            directives: 50,
            selection_depth: 32,
            depth: 20,
            fields: 5_000,
            complexity: 10_000,
            aliases: 60,
            root_fields: 20,
        }
    }
}

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
        .limit_complexity(limits.complexity)
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
