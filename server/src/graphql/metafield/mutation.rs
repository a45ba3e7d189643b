use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    Refusal,
    metafields::{self, MetafieldName, MetafieldSet, Owner},
};

use super::object::{Metafield, MetafieldKind};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Metafields as they should be.
#[derive(Debug, InputObject)]
pub struct MetafieldsSetInput {
    /// The metafields, 1 to 25, of things of any kind.
    pub metafields: Vec<MetafieldInput>,
}

/// A metafield as it should be.
#[derive(Debug, InputObject)]
pub struct MetafieldInput {
    /// The id of what it is kept with: a product, variant, category, collection, customer or order.
    pub owner_id: ID,
    /// Whose it is among the apps, as in `reviews`: 1 to 64 letters, digits, `_` and `-`.
    pub namespace: String,
    /// What it is called there, as in `rating`: 1 to 64 letters, digits, `_` and `-`.
    pub key: String,
    /// What its value is.
    pub kind: MetafieldKind,
    /// The value as text.
    pub value: String,
    /// Whether shoppers who see the thing see it; as it is unless given, and not for a new one.
    pub public: Option<bool>,
    /// The version that you saw; null if it must not be there yet. Left out, the last to write wins.
    pub expected_version: MaybeUndefined<i32>,
}

/// Which metafields are deleted.
#[derive(Debug, InputObject)]
pub struct MetafieldsDeleteInput {
    /// The metafields, 1 to 25.
    pub metafields: Vec<MetafieldNameInput>,
}

/// Which deleted metafields come back.
#[derive(Debug, InputObject)]
pub struct MetafieldsRestoreInput {
    /// The metafields, 1 to 25.
    pub metafields: Vec<MetafieldNameInput>,
}

/// Which metafield of which thing.
#[derive(Debug, InputObject)]
pub struct MetafieldNameInput {
    /// The id of what it is kept with.
    pub owner_id: ID,
    /// Whose it is among the apps.
    pub namespace: String,
    /// What it is called there.
    pub key: String,
}

payload! {
    /// What `metafieldsSet` answers.
    MetafieldsSetPayload {
        /// The metafields as they are now, in the order of the input.
        metafields: Vec<Metafield>,
    }
}

payload! {
    /// What `metafieldsDelete` answers.
    MetafieldsDeletePayload {
        /// Those that were there, as they were.
        metafields: Vec<Metafield>,
    }
}

payload! {
    /// What `metafieldsRestore` answers.
    MetafieldsRestorePayload {
        /// The metafields as they are now, in the order of the input.
        metafields: Vec<Metafield>,
    }
}

#[derive(Debug, Default)]
pub struct MetafieldMutation;

#[Object]
impl MetafieldMutation {
    /// Sets metafields, all of them or, where one is refused, none. For staff with the permission of what they
    /// are kept with: `CATALOG`, `CUSTOMERS` or `ORDERS`.
    #[graphql(complexity = "20 + 25 * child_complexity")]
    async fn metafields_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The metafields as they should be.")] input: MetafieldsSetInput,
    ) -> Result<Option<MetafieldsSetPayload>> {
        MetafieldsSetPayload::of(set(ctx, input).await)
    }

    /// Deletes metafields; `metafieldsRestore` brings them back. For staff with the permission of what they are kept
    /// with: `CATALOG`, `CUSTOMERS` or `ORDERS`.
    #[graphql(complexity = "20 + 25 * child_complexity")]
    async fn metafields_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which metafields.")] input: MetafieldsDeleteInput,
    ) -> Result<Option<MetafieldsDeletePayload>> {
        MetafieldsDeletePayload::of(delete(ctx, input).await)
    }

    /// Restores deleted metafields as they were, all of them or, where one is refused, none. For staff with the
    /// permission of what they are kept with: `CATALOG`, `CUSTOMERS` or `ORDERS`.
    #[graphql(complexity = "20 + 25 * child_complexity")]
    async fn metafields_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which metafields.")] input: MetafieldsRestoreInput,
    ) -> Result<Option<MetafieldsRestorePayload>> {
        MetafieldsRestorePayload::of(restore(ctx, input).await)
    }
}

async fn set(ctx: &Context<'_>, input: MetafieldsSetInput) -> vitrine_commerce::Result<Vec<Metafield>> {
    let read = |(index, input): (usize, MetafieldInput)| {
        let version: Option<Option<i32>> = input.expected_version.into();
        Ok(MetafieldSet {
            owner: owner(&input.owner_id, index)?,
            namespace: input.namespace,
            key: input.key,
            kind: input.kind.into(),
            value: input.value,
            public: input.public,
            expected_version: version.map(|version| version.map(i64::from)),
        })
    };
    let inputs = input.metafields.into_iter().enumerate();
    let fields = inputs.map(read).collect::<std::result::Result<_, Refusal>>()?;
    let rows = metafields::set(ctx.shop(), ctx.caller(), fields).await?;
    Ok(rows.into_iter().map(Metafield).collect())
}

async fn delete(ctx: &Context<'_>, input: MetafieldsDeleteInput) -> vitrine_commerce::Result<Vec<Metafield>> {
    let rows = metafields::delete(ctx.shop(), ctx.caller(), names(input.metafields)?).await?;
    Ok(rows.into_iter().map(Metafield).collect())
}

async fn restore(ctx: &Context<'_>, input: MetafieldsRestoreInput) -> vitrine_commerce::Result<Vec<Metafield>> {
    let rows = metafields::restore(ctx.shop(), ctx.caller(), names(input.metafields)?).await?;
    Ok(rows.into_iter().map(Metafield).collect())
}

fn names(inputs: Vec<MetafieldNameInput>) -> std::result::Result<Vec<MetafieldName>, Refusal> {
    let read = |(index, input): (usize, MetafieldNameInput)| {
        Ok(MetafieldName {
            owner: owner(&input.owner_id, index)?,
            namespace: input.namespace,
            key: input.key,
        })
    };
    inputs.into_iter().enumerate().map(read).collect()
}

fn owner(id: &ID, index: usize) -> std::result::Result<Owner, Refusal> {
    ids::input(id, "thing", &["metafields", &index.to_string(), "ownerId"])
}
