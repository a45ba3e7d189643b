use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::collections::change::{self, CollectionDelete, CollectionRestore};

use crate::{
    graphql::{
        collection::object::Collection,
        shared::{ContextExt, payload},
    },
    ids,
};

/// Which collection goes.
#[derive(Debug, InputObject)]
pub struct CollectionDeleteInput {
    /// The collection's id.
    pub id: ID,
    /// The collection's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `collectionDelete` answers.
    CollectionDeletePayload {
        /// The collection that is deleted.
        collection: Collection,
    }
}

/// Which collection comes back.
#[derive(Debug, InputObject)]
pub struct CollectionRestoreInput {
    /// The collection's id.
    pub id: ID,
    /// Another slug for it, where a new collection has taken its own.
    pub slug: Option<String>,
}

payload! {
    /// What `collectionRestore` answers.
    CollectionRestorePayload {
        /// The collection as it is now.
        collection: Collection,
    }
}

pub(super) async fn delete(ctx: &Context<'_>, input: CollectionDeleteInput) -> vitrine_commerce::Result<Collection> {
    let delete = CollectionDelete {
        collection: ids::input(&input.id, "collection", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
    };
    Ok(Collection(change::delete(ctx.shop(), ctx.caller(), delete).await?))
}

pub(super) async fn restore(ctx: &Context<'_>, input: CollectionRestoreInput) -> vitrine_commerce::Result<Collection> {
    let restore = CollectionRestore {
        collection: ids::input(&input.id, "collection", &["id"])?,
        slug: input.slug,
    };
    Ok(Collection(change::restore(ctx.shop(), ctx.caller(), restore).await?))
}
