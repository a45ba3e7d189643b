use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::content::menu::{self, MenuUpdate, NewMenu};
use vitrine_entity::menu::Model;

use super::{
    input::{MenuItemInput, drafts},
    object::Menu,
};
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// A menu as it should be.
#[derive(Debug, InputObject)]
pub struct MenuCreateInput {
    /// By which front ends ask for it: lower-case letters, digits and hyphens. Made of the title where it
    /// is left out.
    pub handle: Option<String>,
    /// What it is called.
    pub title: String,
    /// Its links, in order: at most 200 in all, four within each other.
    pub items: Vec<MenuItemInput>,
}

/// Which menu changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct MenuUpdateInput {
    /// The menu's id.
    pub id: ID,
    /// The menu's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// By which front ends ask for it.
    pub handle: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// All of its links, in order.
    pub items: Option<Vec<MenuItemInput>>,
}

/// Which menu.
#[derive(Debug, InputObject)]
pub struct MenuDeleteInput {
    /// The menu's id.
    pub id: ID,
    /// The menu's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which menu.
#[derive(Debug, InputObject)]
pub struct MenuRestoreInput {
    /// The menu's id.
    pub id: ID,
}

payload! {
    /// What `menuCreate` answers.
    MenuCreatePayload {
        /// The menu as it is now.
        menu: Menu,
    }
}

payload! {
    /// What `menuUpdate` answers.
    MenuUpdatePayload {
        /// The menu as it is now.
        menu: Menu,
    }
}

payload! {
    /// What `menuDelete` answers.
    MenuDeletePayload {
        /// The menu as it was.
        menu: Menu,
    }
}

payload! {
    /// What `menuRestore` answers.
    MenuRestorePayload {
        /// The menu as it is now.
        menu: Menu,
    }
}

#[derive(Debug, Default)]
pub struct MenuMutation;

#[Object]
impl MenuMutation {
    /// Writes a menu. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn menu_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The menu as it should be.")] input: MenuCreateInput,
    ) -> Result<Option<MenuCreatePayload>> {
        MenuCreatePayload::of(create(ctx, input).await)
    }

    /// Changes a menu. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn menu_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which menu changes, and how.")] input: MenuUpdateInput,
    ) -> Result<Option<MenuUpdatePayload>> {
        MenuUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a menu away; `menuRestore` brings it back. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn menu_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which menu.")] input: MenuDeleteInput,
    ) -> Result<Option<MenuDeletePayload>> {
        MenuDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted menu back, as it was. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn menu_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which menu.")] input: MenuRestoreInput,
    ) -> Result<Option<MenuRestorePayload>> {
        MenuRestorePayload::of(restore(ctx, input).await)
    }
}

async fn create(ctx: &Context<'_>, input: MenuCreateInput) -> vitrine_commerce::Result<Menu> {
    let new = NewMenu {
        handle: input.handle,
        title: input.title,
        items: drafts(input.items)?,
    };
    shown(ctx, menu::create(ctx.shop(), ctx.caller(), new).await?).await
}

async fn update(ctx: &Context<'_>, input: MenuUpdateInput) -> vitrine_commerce::Result<Menu> {
    let update = MenuUpdate {
        menu: ids::input(&input.id, "menu", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        handle: input.handle,
        title: input.title,
        items: input.items.map(drafts).transpose()?,
    };
    shown(ctx, menu::update(ctx.shop(), ctx.caller(), update).await?).await
}

async fn delete(ctx: &Context<'_>, input: MenuDeleteInput) -> vitrine_commerce::Result<Menu> {
    let id = ids::input(&input.id, "menu", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    shown(ctx, menu::delete(ctx.shop(), ctx.caller(), id, expected).await?).await
}

async fn restore(ctx: &Context<'_>, input: MenuRestoreInput) -> vitrine_commerce::Result<Menu> {
    let id = ids::input(&input.id, "menu", &["id"])?;
    shown(ctx, menu::restore(ctx.shop(), ctx.caller(), id).await?).await
}

async fn shown(ctx: &Context<'_>, row: Model) -> vitrine_commerce::Result<Menu> {
    Ok(Menu(menu::view(ctx.shop(), ctx.caller(), row).await?))
}
