use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::search::rules;

use super::{
    input::{SearchRuleCreateInput, SearchRuleUpdateInput},
    object::SearchRule,
};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

payload! {
    /// What `searchRuleCreate` answers.
    SearchRuleCreatePayload {
        /// The rule as it is now.
        search_rule: SearchRule,
    }
}

payload! {
    /// What `searchRuleUpdate` answers.
    SearchRuleUpdatePayload {
        /// The rule as it is now.
        search_rule: SearchRule,
    }
}

/// Which search rule goes.
#[derive(Debug, InputObject)]
pub struct SearchRuleDeleteInput {
    /// The rule's id.
    pub id: ID,
    /// The rule's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `searchRuleDelete` answers.
    SearchRuleDeletePayload {
        /// The rule that is deleted.
        search_rule: SearchRule,
    }
}

/// Which search rule comes back.
#[derive(Debug, InputObject)]
pub struct SearchRuleRestoreInput {
    /// The rule's id.
    pub id: ID,
}

payload! {
    /// What `searchRuleRestore` answers.
    SearchRuleRestorePayload {
        /// The rule as it is now.
        search_rule: SearchRule,
    }
}

#[derive(Debug, Default)]
pub struct SearchRuleMutation;

#[Object]
impl SearchRuleMutation {
    /// Pins and hides products for a search. Searches go by it at once. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn search_rule_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rule as it should be.")] input: SearchRuleCreateInput,
    ) -> Result<Option<SearchRuleCreatePayload>> {
        SearchRuleCreatePayload::of(create(ctx, input).await)
    }

    /// Changes a search rule. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn search_rule_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rule changes, and how.")] input: SearchRuleUpdateInput,
    ) -> Result<Option<SearchRuleUpdatePayload>> {
        SearchRuleUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a search rule away. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn search_rule_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rule goes.")] input: SearchRuleDeleteInput,
    ) -> Result<Option<SearchRuleDeletePayload>> {
        SearchRuleDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted search rule back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn search_rule_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rule comes back.")] input: SearchRuleRestoreInput,
    ) -> Result<Option<SearchRuleRestorePayload>> {
        SearchRuleRestorePayload::of(restore(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: SearchRuleCreateInput) -> vitrine_commerce::Result<SearchRule> {
    let made = rules::create(ctx.shop(), ctx.caller(), input.edit()?).await?;
    Ok(SearchRule(made))
}

async fn update(ctx: &Context<'_>, input: SearchRuleUpdateInput) -> vitrine_commerce::Result<SearchRule> {
    let id = ids::input(&input.id, "search rule", &["id"])?;
    let version = input.expected_version.map(i64::from);
    let changed = rules::update(ctx.shop(), ctx.caller(), id, version, input.edit()?).await?;
    Ok(SearchRule(changed))
}

async fn delete(ctx: &Context<'_>, input: SearchRuleDeleteInput) -> vitrine_commerce::Result<SearchRule> {
    let id = ids::input(&input.id, "search rule", &["id"])?;
    let version = input.expected_version.map(i64::from);
    let deleted = rules::delete(ctx.shop(), ctx.caller(), id, version).await?;
    Ok(SearchRule(deleted))
}

async fn restore(ctx: &Context<'_>, input: SearchRuleRestoreInput) -> vitrine_commerce::Result<SearchRule> {
    let id = ids::input(&input.id, "search rule", &["id"])?;
    let restored = rules::restore(ctx.shop(), ctx.caller(), id).await?;
    Ok(SearchRule(restored))
}
