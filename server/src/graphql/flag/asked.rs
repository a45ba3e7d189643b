use async_graphql::{Context, SimpleObject};
use vitrine_commerce::flags::{self, Capability};

use crate::graphql::shared::{ContextExt, Result};

/// Whether a flag is on for whoever asks.
#[derive(Debug, SimpleObject)]
pub struct FlagState {
    /// What it is called.
    pub name: String,
    /// Whether it is on. Of a flag that there is not, false.
    pub is_on: bool,
}

/// The shop's capabilities, for whoever asks.
pub async fn capabilities(ctx: &Context<'_>) -> Result<Vec<FlagState>> {
    let names = Capability::all().map(|known| known.name().to_owned());
    states(ctx, names.collect(), None).await
}

/// Some flags, for whoever asks.
///
/// # Errors
/// `INVALID` for too many of them, and for a visitor whose name is too long.
pub async fn states(ctx: &Context<'_>, names: Vec<String>, visitor: Option<&str>) -> Result<Vec<FlagState>> {
    let are_on = flags::are_on(ctx.shop(), ctx.caller(), visitor, &names).await?;
    let states = names.into_iter().zip(are_on);
    Ok(states.map(|(name, is_on)| FlagState { name, is_on }).collect())
}
