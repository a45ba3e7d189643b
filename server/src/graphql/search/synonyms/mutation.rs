use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::catalog::synonyms::{self, SynonymGroupEdit};

use super::object::SynonymGroup;
use crate::{
    graphql::shared::{ContextExt, Result, given, payload},
    ids,
};

/// A group of synonyms as it should be.
#[derive(Debug, InputObject)]
pub struct SynonymGroupCreateInput {
    /// The one term whose search finds the synonyms, too, of one to three words. Left out, each finds the others.
    pub term: Option<String>,
    /// Terms of one to three words each: 2 to 20 of them, 1 to 20 where there is a `term`. Case and accents do not
    /// matter.
    pub synonyms: Vec<String>,
    /// One of the shop's languages, in whose searches alone they stand for each other: `de` in `de-AT`, too, and `de-AT` in that
    /// alone. In all of them unless given.
    pub language: Option<String>,
}

payload! {
    /// What `synonymGroupCreate` answers.
    SynonymGroupCreatePayload {
        /// The group as it is now.
        synonym_group: SynonymGroup,
    }
}

/// Which group of synonyms changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct SynonymGroupUpdateInput {
    /// The group's id.
    pub id: ID,
    /// The group's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The one term whose search finds the synonyms, too; null where each is to find the others.
    pub term: MaybeUndefined<String>,
    /// All of the synonyms.
    pub synonyms: Option<Vec<String>>,
    /// One of the shop's languages, in whose searches alone they stand for each other; null for all of them.
    pub language: MaybeUndefined<String>,
}

payload! {
    /// What `synonymGroupUpdate` answers.
    SynonymGroupUpdatePayload {
        /// The group as it is now.
        synonym_group: SynonymGroup,
    }
}

/// Which group of synonyms goes.
#[derive(Debug, InputObject)]
pub struct SynonymGroupDeleteInput {
    /// The group's id.
    pub id: ID,
    /// The group's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `synonymGroupDelete` answers.
    SynonymGroupDeletePayload {
        /// The group that is deleted.
        synonym_group: SynonymGroup,
    }
}

/// Which group of synonyms comes back.
#[derive(Debug, InputObject)]
pub struct SynonymGroupRestoreInput {
    /// The group's id.
    pub id: ID,
}

payload! {
    /// What `synonymGroupRestore` answers.
    SynonymGroupRestorePayload {
        /// The group as it is now.
        synonym_group: SynonymGroup,
    }
}

#[derive(Debug, Default)]
pub struct SynonymMutation;

#[Object]
impl SynonymMutation {
    /// Groups terms that shoppers use for the same thing. Searches go by it within moments. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn synonym_group_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The group as it should be.")] input: SynonymGroupCreateInput,
    ) -> Result<Option<SynonymGroupCreatePayload>> {
        let edit = SynonymGroupEdit {
            term: Some(input.term),
            synonyms: Some(input.synonyms),
            language: Some(input.language),
        };
        let made = synonyms::create(ctx.shop(), ctx.caller(), edit).await;
        SynonymGroupCreatePayload::of(made.map(SynonymGroup))
    }

    /// Changes a group of synonyms. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn synonym_group_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group changes, and how.")] input: SynonymGroupUpdateInput,
    ) -> Result<Option<SynonymGroupUpdatePayload>> {
        SynonymGroupUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a group of synonyms away. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn synonym_group_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group goes.")] input: SynonymGroupDeleteInput,
    ) -> Result<Option<SynonymGroupDeletePayload>> {
        SynonymGroupDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted group of synonyms back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn synonym_group_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which group comes back.")] input: SynonymGroupRestoreInput,
    ) -> Result<Option<SynonymGroupRestorePayload>> {
        SynonymGroupRestorePayload::of(restore(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: SynonymGroupUpdateInput) -> vitrine_commerce::Result<SynonymGroup> {
    let id = ids::input(&input.id, "group of synonyms", &["id"])?;
    let edit = SynonymGroupEdit {
        term: given(input.term),
        synonyms: input.synonyms,
        language: given(input.language),
    };
    let version = input.expected_version.map(i64::from);
    let changed = synonyms::update(ctx.shop(), ctx.caller(), id, version, edit).await?;
    Ok(SynonymGroup(changed))
}

async fn delete(ctx: &Context<'_>, input: SynonymGroupDeleteInput) -> vitrine_commerce::Result<SynonymGroup> {
    let id = ids::input(&input.id, "group of synonyms", &["id"])?;
    let version = input.expected_version.map(i64::from);
    let deleted = synonyms::delete(ctx.shop(), ctx.caller(), id, version).await?;
    Ok(SynonymGroup(deleted))
}

async fn restore(ctx: &Context<'_>, input: SynonymGroupRestoreInput) -> vitrine_commerce::Result<SynonymGroup> {
    let id = ids::input(&input.id, "group of synonyms", &["id"])?;
    let restored = synonyms::restore(ctx.shop(), ctx.caller(), id).await?;
    Ok(SynonymGroup(restored))
}
