use async_graphql::{Context, ID, InputObject};
use vitrine_commerce::catalog::safety::{self, OperatorFields};

use super::object::EconomicOperator;
use crate::{
    graphql::shared::{ContextExt, payload},
    ids,
};

/// A new maker or responsible person.
#[derive(Debug, InputObject)]
pub struct EconomicOperatorCreateInput {
    /// What they are called.
    pub name: String,
    /// Their postal address, with line breaks.
    pub postal_address: String,
    /// Their mail address, or their address of the web.
    pub electronic_address: String,
}

/// Which maker or responsible person changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct EconomicOperatorUpdateInput {
    /// Their id.
    pub id: ID,
    /// The version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// What they are called.
    pub name: Option<String>,
    /// Their postal address, with line breaks.
    pub postal_address: Option<String>,
    /// Their mail address, or their address of the web.
    pub electronic_address: Option<String>,
}

/// Which maker or responsible person is deleted.
#[derive(Debug, InputObject)]
pub struct EconomicOperatorDeleteInput {
    /// Their id.
    pub id: ID,
    /// The version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which maker or responsible person comes back.
#[derive(Debug, InputObject)]
pub struct EconomicOperatorRestoreInput {
    /// Their id.
    pub id: ID,
    /// The version that you saw: refuse to restore any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `economicOperatorCreate` answers.
    EconomicOperatorCreatePayload {
        /// Them as they are now.
        economic_operator: EconomicOperator,
    }
}

payload! {
    /// What `economicOperatorUpdate` answers.
    EconomicOperatorUpdatePayload {
        /// Them as they are now.
        economic_operator: EconomicOperator,
    }
}

payload! {
    /// What `economicOperatorDelete` answers.
    EconomicOperatorDeletePayload {
        /// Them as they are now.
        economic_operator: EconomicOperator,
    }
}

payload! {
    /// What `economicOperatorRestore` answers.
    EconomicOperatorRestorePayload {
        /// Them as they are now.
        economic_operator: EconomicOperator,
    }
}

pub(super) async fn create(
    ctx: &Context<'_>,
    input: EconomicOperatorCreateInput,
) -> vitrine_commerce::Result<EconomicOperator> {
    let fields = OperatorFields {
        name: Some(input.name),
        postal_address: Some(input.postal_address),
        electronic_address: Some(input.electronic_address),
    };
    Ok(EconomicOperator(
        safety::create(ctx.shop(), ctx.caller(), fields).await?,
    ))
}

pub(super) async fn update(
    ctx: &Context<'_>,
    input: EconomicOperatorUpdateInput,
) -> vitrine_commerce::Result<EconomicOperator> {
    let (id, version) = (
        ids::input(&input.id, "economic operator", &["id"])?,
        input.expected_version,
    );
    let fields = OperatorFields {
        name: input.name,
        postal_address: input.postal_address,
        electronic_address: input.electronic_address,
    };
    let updated = safety::update(ctx.shop(), ctx.caller(), id, version.map(i64::from), fields).await?;
    Ok(EconomicOperator(updated))
}

pub(super) async fn delete(
    ctx: &Context<'_>,
    input: EconomicOperatorDeleteInput,
) -> vitrine_commerce::Result<EconomicOperator> {
    let (id, version) = (
        ids::input(&input.id, "economic operator", &["id"])?,
        input.expected_version,
    );
    let deleted = safety::delete(ctx.shop(), ctx.caller(), id, version.map(i64::from)).await?;
    Ok(EconomicOperator(deleted))
}

pub(super) async fn restore(
    ctx: &Context<'_>,
    input: EconomicOperatorRestoreInput,
) -> vitrine_commerce::Result<EconomicOperator> {
    let (id, version) = (
        ids::input(&input.id, "economic operator", &["id"])?,
        input.expected_version,
    );
    let restored = safety::restore(ctx.shop(), ctx.caller(), id, version.map(i64::from)).await?;
    Ok(EconomicOperator(restored))
}
