use async_graphql::Context;
use vitrine_commerce::{
    metafields::{self, Owner},
    paging::PageRequest,
    staff::permission,
};

use super::{
    object::{Metafield, MetafieldConnection},
    questions::MetafieldsOf,
};
use crate::graphql::shared::{ContextExt, Result, map};

/// One metafield of a thing, if the caller may see it.
///
/// # Errors
/// When the database fails.
pub async fn metafield(
    ctx: &Context<'_>,
    owner: impl Into<Owner>,
    namespace: &str,
    key: &str,
) -> Result<Option<Metafield>> {
    let owner = owner.into();
    let rows = ctx.load(MetafieldsOf(owner)).await?.unwrap_or_default();
    let all = permission::allowed(ctx.caller(), owner.permission());
    let mut rows = rows.into_iter();
    let found = rows.find(|row| row.namespace == namespace && row.key == key && (all || row.public));
    Ok(found.map(Metafield))
}

/// A page of a thing's metafields, of those that the caller may see.
///
/// # Errors
/// When the page is out of bounds.
pub async fn metafields(
    ctx: &Context<'_>,
    owner: impl Into<Owner>,
    first: i32,
    after: Option<String>,
    namespace: Option<String>,
) -> Result<Option<MetafieldConnection>> {
    let owner = owner.into();
    let request = PageRequest {
        first: Some(first),
        after,
        ..PageRequest::default()
    };
    let rows = ctx.load(MetafieldsOf(owner)).await?.unwrap_or_default();
    let page = metafields::page(ctx.caller(), owner, rows, namespace.as_deref(), &request)?;
    Ok(Some(MetafieldConnection {
        page: map(page, Metafield),
        context: (),
    }))
}
