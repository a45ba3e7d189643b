//! What of the roots is for staff is refused before anything of a question is read.
//!
//! A resolver reads its arguments before it calls a use case, and the use case asks who may: without this, a stranger
//! would be told that an id is none of its kind, or a filter wrong, before they are told that they may not ask. What
//! a field of a root needs stands in its description ("For staff with the permission `ORDERS`.", "For staff and apps:
//! …", "… the member of staff who is signed in"), which clients read, too: it is said once. The use cases go on to ask
//! by themselves: they have other doors, and know more.

use std::{collections::HashMap, sync::OnceLock};

use async_graphql::{
    Context, ServerError,
    parser::types::OperationType,
    registry::{MetaType, Registry},
};
use vitrine_commerce::{
    Error, Refusal,
    staff::{
        myself,
        permission::{self, Permission},
    },
};

use super::{ContextExt, Failure};

/// What opens a field of a root that is not for all.
#[derive(Debug, PartialEq, Eq)]
enum Needed {
    /// One of these permissions.
    OneOf(Vec<Permission>),
    /// Being a member of staff, whatever they may do.
    Member,
}

/// What is needed, by the field's name.
type Fields = HashMap<String, Needed>;

#[derive(Default)]
struct Roots {
    query: Fields,
    mutation: Fields,
    subscription: Fields,
}

/// Why the caller may not ask for this field of a root; `None` where they may, as far as its description tells.
pub(super) fn refusal(ctx: &Context<'_>) -> Option<Refusal> {
    // Every schema of a process has the same fields.
    static ROOTS: OnceLock<Roots> = OnceLock::new();
    let roots = ROOTS.get_or_init(|| Roots::read(&ctx.schema_env.registry));
    let fields = match ctx.query_env.operation.node.ty {
        OperationType::Query => &roots.query,
        OperationType::Mutation => &roots.mutation,
        OperationType::Subscription => &roots.subscription,
    };
    let caller = ctx.caller();
    let refused = match fields.get(ctx.item.node.name.node.as_str())? {
        Needed::OneOf(any) if any.iter().any(|one| permission::allowed(caller, *one)) => return None,
        Needed::OneOf(any) => permission::require(caller, *any.first()?).map(drop),
        Needed::Member => myself(caller).map(drop),
    };
    match refused {
        Err(Error::Refused(refusals)) => refusals.into_iter().next(),
        _ => None,
    }
}

/// The refusal as a query or a stream tells it.
pub(super) fn error(ctx: &Context<'_>, refusal: Refusal) -> ServerError {
    let error = async_graphql::Error::from(Failure::Refused(refusal));
    ctx.set_error_path(error.into_server_error(ctx.item.pos))
}

impl Roots {
    fn read(registry: &Registry) -> Self {
        let fields = |root: Option<&String>| match root.and_then(|root| registry.types.get(root)) {
            Some(MetaType::Object { fields, .. }) => {
                let told = fields.values();
                told.filter_map(|field| Some((field.name.clone(), needed(field.description.as_deref()?)?)))
                    .collect()
            }
            _ => Fields::new(),
        };
        Self {
            query: fields(Some(&registry.query_type)),
            mutation: fields(registry.mutation_type.as_ref()),
            subscription: fields(registry.subscription_type.as_ref()),
        }
    }
}

/// What opens a field, as its description has it.
fn needed(description: &str) -> Option<Needed> {
    let description = description.split_whitespace().collect::<Vec<_>>().join(" ");
    if description.contains("the member of staff who is signed in") {
        return Some(Needed::Member);
    }
    let (_, told) = description.split_once("For staff")?;
    let sentence = told.split(['.', ';', ':']).next().unwrap_or_default();
    let names = sentence.split('`').skip(1).step_by(2);
    let named = names.filter_map(|name| Permission::ALL.iter().copied().find(|one| one.name() == name));
    let named = named.collect::<Vec<_>>();
    // Which one it is follows from what is asked: the use case knows. Whoever has none at all needs no answer.
    let any = if named.is_empty() {
        Permission::ALL.to_vec()
    } else {
        named
    };
    Some(Needed::OneOf(any))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_says_what_opens_a_field() {
        for (description, named) in [
            (
                "All orders. For staff with the permission `ORDERS`; a customer's own are `viewer.orders`.",
                Some(vec!["ORDERS"]),
            ),
            (
                "Takes it away. For staff with the permission\n`CATALOG` or `CONTENT`.",
                Some(vec!["CATALOG", "CONTENT"]),
            ),
            ("For staff and apps with the permission `JOBS`.", Some(vec!["JOBS"])),
            ("An order. Staff need the permission `ORDERS`.", None),
        ] {
            let found = needed(description).map(|needed| match needed {
                Needed::OneOf(any) => any.into_iter().map(Permission::name).collect::<Vec<_>>(),
                Needed::Member => vec!["a member"],
            });
            assert_eq!(found, named, "{description}");
        }
        let any = Some(Needed::OneOf(Permission::ALL.to_vec()));
        assert_eq!(needed("For staff with the permission of what they are kept with."), any);
        let started = "For staff and apps: whoever started it, and those with the permission `JOBS`.";
        assert_eq!(needed(started), any);
        let own = "Changes the password of the member of\nstaff who is signed in.";
        assert_eq!(needed(own), Some(Needed::Member));
    }
}
