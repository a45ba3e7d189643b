use async_graphql::{Context, InputObject, Object};
use vitrine_commerce::settings::flags;

use super::{input::FlagSetInput, object::Flag};
use crate::graphql::shared::{ContextExt, Result, payload};

/// Which flag is taken away.
#[derive(Debug, InputObject)]
pub struct FlagDeleteInput {
    /// The flag's name.
    pub name: String,
    /// The flag's version that you saw: refuse to take away any other.
    pub expected_version: Option<i32>,
}

/// Which flag comes back.
#[derive(Debug, InputObject)]
pub struct FlagRestoreInput {
    /// The flag's name.
    pub name: String,
}

payload! {
    /// What `flagSet` answers.
    FlagSetPayload {
        /// The flag as it is now.
        flag: Flag,
    }
}

payload! {
    /// What `flagDelete` answers.
    FlagDeletePayload {
        /// The flag, as it was taken away.
        flag: Flag,
    }
}

payload! {
    /// What `flagRestore` answers.
    FlagRestorePayload {
        /// The flag as it is now.
        flag: Flag,
    }
}

#[derive(Debug, Default)]
pub struct FlagMutation;

#[Object]
impl FlagMutation {
    /// Says for whom a flag is on, and makes one where there is none of its name. All servers go by it within a second. For
    /// staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn flag_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The flag as it should be.")] input: FlagSetInput,
    ) -> Result<Option<FlagSetPayload>> {
        FlagSetPayload::of(set(ctx, input).await)
    }

    /// Takes a flag away: it is off for everybody. A capability is what it was before anybody said anything. For staff with the
    /// permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn flag_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which flag is taken away.")] input: FlagDeleteInput,
    ) -> Result<Option<FlagDeletePayload>> {
        let expected = input.expected_version.map(i64::from);
        let deleted = flags::delete(ctx.shop(), ctx.caller(), &input.name, expected).await;
        FlagDeletePayload::of(deleted.map(Flag))
    }

    /// Brings a flag back as it was. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn flag_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which flag comes back.")] input: FlagRestoreInput,
    ) -> Result<Option<FlagRestorePayload>> {
        let restored = flags::restore(ctx.shop(), ctx.caller(), &input.name).await;
        FlagRestorePayload::of(restored.map(Flag))
    }
}

async fn set(ctx: &Context<'_>, input: FlagSetInput) -> vitrine_commerce::Result<Flag> {
    Ok(Flag(flags::set(ctx.shop(), ctx.caller(), input.edit()?).await?))
}
