//! How a document is understood, and how much one may ask. Whatever reaches async-graphql has been
//! read and checked by a complete implementation of the specification and was merged into a form
//! that has one meaning; its own parser and its own validation see nothing.
//!
//! In turn: `scan` looks at the text, `check` has it tidied (`tidy`) and parsed by
//! apollo-compiler, `measure` bounds it,
//! apollo-compiler and `rules` validate it, and `plan` keeps what was found (`cache`, by the text's
//! hash; `trusted`, by an id). A request's variables are coerced (`coerce`, `fill`), and with them `merge`
//! writes the operation anew and knows the `order` of its answer. Every bound has an error code of
//! its own, and the cheap checks come first.

mod cache;
mod check;
mod coerce;
mod cost;
#[cfg(test)]
mod crowd;
mod documents;
mod fill;
mod guard;
mod language;
pub mod limits;
mod lines;
mod measure;
mod merge;
mod nulls;
mod order;
mod plan;
mod prepare;
mod rules;
mod scan;
mod suggest;
#[cfg(test)]
mod tests;
mod tidy;
mod trusted;

use std::sync::Arc;

use async_graphql::{ObjectType, SchemaBuilder, SubscriptionType, ValidationMode};

pub(super) use self::documents::DOCUMENT_ID;
use self::guard::Guard;
pub use self::{
    documents::Documents,
    language::{InvalidSchema, Language},
    plan::Public,
    trusted::InvalidManifest,
};

/// Gives a schema its documents, with everything else that every operation must pass: stable error
/// codes, `null` where a field failed, panics kept to their field, answers in order, and the cost
/// report.
///
/// Call it before any other extension is added: this one has to look at a document first.
pub fn apply<Query, Mutation, Subscription>(
    builder: SchemaBuilder<Query, Mutation, Subscription>,
    documents: impl Into<Arc<Documents>>,
) -> SchemaBuilder<Query, Mutation, Subscription>
where
    Query: ObjectType + 'static,
    Mutation: ObjectType + 'static,
    Subscription: SubscriptionType + 'static,
{
    let documents = documents.into();
    let (limits, development) = (documents.limits, documents.development);
    let builder = builder
        .limit_depth(limits.depth)
        // A merged field may stand in one fragment more than its depth tells.
        .limit_recursive_depth(2 * limits.selection_depth)
        // What is left of it: the cost, the depth, and what caches may keep.
        .validation_mode(ValidationMode::Fast)
        .extension(Guard::new(documents));
    if development {
        builder
    } else {
        builder.disable_suggestions()
    }
}
