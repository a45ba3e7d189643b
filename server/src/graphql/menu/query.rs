use async_graphql::{Context, Object};
use futures::future::try_join_all;
use vitrine_commerce::{
    content::menu,
    staff::{Permission, require},
};

use super::object::Menu;
use crate::graphql::shared::{ContextExt, Result};

#[derive(Debug, Default)]
pub struct MenuQuery;

#[Object]
impl MenuQuery {
    /// A menu, by its handle, with everything that its links lead to.
    #[graphql(complexity = "5 + child_complexity")]
    async fn menu(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The menu's handle, as in `main`.")] handle: String,
    ) -> Result<Option<Menu>> {
        Ok(menu::by_handle(ctx.shop(), ctx.caller(), &handle).await?.map(Menu))
    }

    /// Every menu, by handle. For staff with the permission `CONTENT`.
    #[graphql(complexity = "10 * child_complexity")]
    async fn menus(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The deleted ones instead.", default)] deleted: bool,
    ) -> Result<Option<Vec<Menu>>> {
        let (shop, caller) = (ctx.shop(), ctx.caller());
        require(caller, Permission::Content)?;
        let rows = menu::all(shop, deleted).await?.into_iter();
        let views = try_join_all(rows.map(|row| menu::view(shop, caller, row))).await?;
        Ok(Some(views.into_iter().map(Menu).collect()))
    }
}
