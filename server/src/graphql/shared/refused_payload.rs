//! What a mutation answers whose arguments were not even read: nothing, and why.

use async_graphql::{
    Context, Name, OutputType, ServerResult, Value, indexmap::IndexMap, parser::types::Selection,
    registry::MetaTypeName,
};
use vitrine_commerce::Refusal;

use super::user_error::UserError;

/// The payload of the mutation that `ctx` is about, as if its use case had refused.
pub(super) async fn resolve(ctx: &Context<'_>, refusal: Refusal) -> ServerResult<Value> {
    let registry = &ctx.schema_env.registry;
    let root = registry
        .mutation_type
        .as_ref()
        .and_then(|root| registry.types.get(root));
    let field = root.and_then(|root| root.field_by_name(&ctx.item.node.name.node));
    let name = field.map_or("", |field| MetaTypeName::concrete_typename(&field.ty));
    let errors = [UserError::from(refusal)];
    let selection = ctx.with_selection_set(&ctx.item.node.selection_set);
    let mut payload = IndexMap::<Name, Value>::new();
    // A payload is one object: what is asked of it has been merged, and stands in no fragment.
    for selected in &selection.item.node.items {
        let Selection::Field(selected) = &selected.node else {
            continue;
        };
        let value = match selected.node.name.node.as_str() {
            "__typename" => Value::from(name),
            "userErrors" => {
                let its = selection.with_field(selected);
                let inner = its.with_selection_set(&selected.node.selection_set);
                errors.resolve(&inner, selected).await?
            }
            other => {
                let of = registry
                    .types
                    .get(name)
                    .and_then(|payload| payload.field_by_name(other));
                match of.is_some_and(|field| field.ty.starts_with('[') && field.ty.ends_with('!')) {
                    true => Value::List(Vec::new()),
                    false => Value::Null,
                }
            }
        };
        payload.insert(selected.node.response_key().node.clone(), value);
    }
    Ok(Value::Object(payload))
}
