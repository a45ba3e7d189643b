//! What of the queries is for staff is refused before anything of a question is read.
//!
//! A resolver reads its arguments before it calls a use case, and the use case asks who may: without this, a stranger
//! would be told that an id is none of its kind, or a filter wrong, before they are told that they may not ask. What
//! a field of a root needs stands in its description ("For staff with the permission `ORDERS`."), which clients read,
//! too: it is said once. The use cases go on to ask by themselves: they have other doors, and know more.

use async_graphql::{Context, ServerError, parser::types::OperationType};
use vitrine_commerce::{
    Error, Refusal,
    staff::permission::{self, Permission},
};

use super::{context::ContextExt, failure::Failure};

/// Refuses whoever may not ask for this field of a query.
pub(super) fn check(ctx: &Context<'_>) -> Result<(), ServerError> {
    match refused(ctx) {
        Some(refusal) => {
            let error = async_graphql::Error::from(Failure::Refused(refusal));
            Err(ctx.set_error_path(error.into_server_error(ctx.item.pos)))
        }
        None => Ok(()),
    }
}

fn refused(ctx: &Context<'_>) -> Option<Refusal> {
    // A mutation tells its refusals as data: its use case does.
    if ctx.query_env.operation.node.ty != OperationType::Query {
        return None;
    }
    let registry = &ctx.schema_env.registry;
    let root = registry.types.get(&registry.query_type)?;
    let field = root.field_by_name(&ctx.item.node.name.node)?;
    refusal(ctx, &needed(field.description.as_deref()?))
}

/// The permissions of which one opens a field, as its description names them.
fn needed(description: &str) -> Vec<Permission> {
    let Some((_, told)) = description.split_once("For staff") else {
        return Vec::new();
    };
    let sentence = told.split(['.', ';', ':']).next().unwrap_or_default();
    let names = sentence.split('`').skip(1).step_by(2);
    names
        .filter_map(|name| {
            Permission::ALL
                .iter()
                .copied()
                .find(|permission| permission.name() == name)
        })
        .collect()
}

/// Why the caller has none of them; `None` where they have, or none is named.
fn refusal(ctx: &Context<'_>, any_of: &[Permission]) -> Option<Refusal> {
    let caller = ctx.caller();
    if any_of.iter().any(|permission| permission::allowed(caller, *permission)) {
        return None;
    }
    match permission::require(caller, *any_of.first()?) {
        Err(Error::Refused(refusals)) => refusals.into_iter().next(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_says_which_permissions_open_a_field() {
        for (description, named) in [
            (
                "All orders. For staff with the permission `ORDERS`; a customer's own are `viewer.orders`.",
                vec!["ORDERS"],
            ),
            (
                "Takes it away. For staff with the permission\n`CATALOG` or `CONTENT`.",
                vec!["CATALOG", "CONTENT"],
            ),
            ("For staff and apps with the permission `JOBS`.", vec!["JOBS"]),
            ("For staff with the permission of what they are kept with.", vec![]),
            ("An order. Staff need the permission `ORDERS`.", vec![]),
        ] {
            let found = needed(description)
                .into_iter()
                .map(Permission::name)
                .collect::<Vec<_>>();
            assert_eq!(found, named, "{description}");
        }
    }
}
