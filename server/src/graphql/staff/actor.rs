//! What whoever did something is called.

use async_graphql::Context;

use super::questions::StaffMemberById;
use crate::{
    graphql::{
        app::questions::AppById,
        shared::{ContextExt, Result},
    },
    ids,
};

/// Of a member of staff or an app, by the id under which something was done. Nobody else has a name here: what shoppers
/// are called stands in what is theirs.
pub async fn name_of(ctx: &Context<'_>, actor: &str) -> Result<Option<String>> {
    if let Some(id) = ids::find(actor) {
        return Ok(ctx.load(StaffMemberById(id)).await?.map(|member| member.row.name));
    }
    match ids::find(actor) {
        Some(id) => Ok(ctx.load(AppById(id)).await?.map(|app| app.name)),
        None => Ok(None),
    }
}
