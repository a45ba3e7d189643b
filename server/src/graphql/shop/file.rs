//! The shop as a file.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use vitrine_commerce::setup::file;

use crate::graphql::shared::{ContextExt, Result, Said, payload};

/// The shop as a file: what it should be.
#[derive(Debug, InputObject)]
pub struct ShopFileInput {
    /// The file, in TOML, as `shopExport` writes it: at most 4 MB. Sections that are not in it stay as they are.
    pub text: String,
    /// Whether what a section of the file does not name is deleted, but for what goods or orders need.
    #[graphql(default)]
    pub prune: bool,
}

/// What becomes of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ShopChangeKind {
    /// It is new.
    Added,
    /// It changes.
    Changed,
    /// It goes.
    Removed,
    /// It was to go, and stays: goods or orders need it.
    Kept,
    /// It names what is not there yet, and is followed as soon as it comes.
    Awaited,
}

/// A thing of the shop that a file changes.
#[derive(Debug, SimpleObject)]
pub struct ShopChange {
    /// What becomes of it.
    pub kind: ShopChangeKind,
    /// The section of the file, as in `zones`.
    pub section: String,
    /// What it is known by; empty for the section itself.
    pub name: String,
    /// What of it changes, why it stays, or what is awaited: a line each, for a person.
    pub lines: Vec<Said>,
}

impl From<file::Change> for ShopChange {
    fn from(change: file::Change) -> Self {
        Self {
            kind: match change.kind {
                file::ChangeKind::Added => ShopChangeKind::Added,
                file::ChangeKind::Changed => ShopChangeKind::Changed,
                file::ChangeKind::Removed => ShopChangeKind::Removed,
                file::ChangeKind::Kept => ShopChangeKind::Kept,
                file::ChangeKind::Awaited => ShopChangeKind::Awaited,
            },
            section: change.section.to_owned(),
            name: change.name,
            lines: change.lines.into_iter().map(Said::from).collect(),
        }
    }
}

payload! {
    /// What `shopPlan` answers.
    ShopPlanPayload {
        /// What would change: empty where the shop is what the file says.
        changes: Vec<ShopChange>,
    }
}

payload! {
    /// What `shopApply` answers.
    ShopApplyPayload {
        /// What has changed: empty where the shop was what the file says.
        changes: Vec<ShopChange>,
    }
}

#[derive(Debug, Default)]
pub struct ShopFileQuery;

#[Object]
impl ShopFileQuery {
    /// The whole shop as a file, in TOML: settings, locations, zones and methods, taxes, roles, categories, collections,
    /// pages and menus. For staff with the permission `SETTINGS`; roles, categories and collections, pages and menus are
    /// left out unless they have `STAFF`, `CATALOG`, `CONTENT`, too.
    #[graphql(complexity = "50")]
    async fn shop_export(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(Some(file::export(ctx.shop(), ctx.caller()).await?))
    }
}

#[derive(Debug, Default)]
pub struct ShopFileMutation;

#[Object]
impl ShopFileMutation {
    /// Tells what `shopApply` would change, and changes nothing. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn shop_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The shop as a file.")] input: ShopFileInput,
    ) -> Result<Option<ShopPlanPayload>> {
        let planned = file::plan(ctx.shop(), ctx.caller(), &input.text, input.prune).await;
        ShopPlanPayload::of(planned.map(shown))
    }

    /// Makes the shop what a file says, all or nothing. For staff with the permission `SETTINGS`, and whatever else
    /// the file's sections need.
    #[graphql(complexity = "50 + child_complexity")]
    async fn shop_apply(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The shop as a file.")] input: ShopFileInput,
    ) -> Result<Option<ShopApplyPayload>> {
        let applied = file::apply(ctx.shop(), ctx.caller(), &input.text, input.prune).await;
        ShopApplyPayload::of(applied.map(shown))
    }
}

fn shown(changes: Vec<file::Change>) -> Vec<ShopChange> {
    changes.into_iter().map(ShopChange::from).collect()
}
