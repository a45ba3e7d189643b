use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::exports;

use super::object::{Export, ExportKind};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// What is to be exported.
#[derive(Debug, InputObject)]
pub struct ExportStartInput {
    /// What the table tells of.
    pub kind: ExportKind,
    /// Of one discount alone, where its codes or uses are asked for.
    pub discount_id: Option<ID>,
}

/// Which export stops.
#[derive(Debug, InputObject)]
pub struct ExportCancelInput {
    /// The export's id.
    pub id: ID,
}

payload! {
    /// What `exportStart` answers.
    ExportStartPayload {
        /// The export, which is written in the background: follow it by `exportUpdates`.
        export: Export,
    }
}

payload! {
    /// What `exportCancel` answers.
    ExportCancelPayload {
        /// The export as it is now.
        export: Export,
    }
}

#[derive(Debug, Default)]
pub struct ExportMutation;

#[Object]
impl ExportMutation {
    /// Has a table of the shop written by jobs. For staff and apps with the permission for what it tells of:
    /// `CATALOG`, `CUSTOMERS`, `ORDERS` or `INVENTORY`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn export_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be exported.")] input: ExportStartInput,
    ) -> Result<Option<ExportStartPayload>> {
        ExportStartPayload::of(start(ctx, input).await)
    }

    /// Stops an export. For staff and apps with the permission for what it tells of.
    #[graphql(complexity = "10 + child_complexity")]
    async fn export_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which export stops.")] input: ExportCancelInput,
    ) -> Result<Option<ExportCancelPayload>> {
        ExportCancelPayload::of(cancel(ctx, input).await)
    }
}

async fn start(ctx: &Context<'_>, input: ExportStartInput) -> vitrine_commerce::Result<Export> {
    let of = input.discount_id.as_ref();
    let of = of.map(|id| ids::input(id, "discount", &["discountId"])).transpose()?;
    let started = exports::start(ctx.shop(), ctx.caller(), input.kind.into(), of).await?;
    Ok(Export(started))
}

async fn cancel(ctx: &Context<'_>, input: ExportCancelInput) -> vitrine_commerce::Result<Export> {
    let id = ids::input(&input.id, "export", &["id"])?;
    Ok(Export(exports::cancel(ctx.shop(), ctx.caller(), id).await?))
}
