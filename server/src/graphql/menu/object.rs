use async_graphql::{Context, ID, Object, Union};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    content::menu::{ItemView, MenuView, Shown, Target},
    staff::{Permission, permission},
    translations::value_field,
};
use vitrine_entity::ids::MenuId;

use crate::{
    graphql::{
        category::object::Category,
        collection::object::Collection,
        page::object::Page,
        product::object::Product,
        shared::{ContextExt, Result, int, words},
    },
    ids,
};

/// A tree of links, as a shop's header or footer shows it.
#[derive(Debug)]
pub struct Menu(pub MenuView);

/// A tree of links, as a shop's header or footer shows it.
#[Object]
impl Menu {
    /// Names the menu.
    async fn id(&self) -> ID {
        ids::public(self.0.menu.id)
    }

    /// By which front ends ask for it, as in `main` or `footer`. Unique.
    async fn handle(&self) -> &str {
        &self.0.menu.handle
    }

    /// What it is called.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.0.menu.id, "title", &self.0.menu.title).await
    }

    /// Its links, in order. Shoppers see none whose object is gone or not shown.
    #[graphql(complexity = "5 * child_complexity")]
    async fn items(&self) -> Vec<MenuItem<'_>> {
        let item = |view| MenuItem {
            menu: self.0.menu.id,
            view,
        };
        self.0.items.iter().map(item).collect()
    }

    /// Grows with every edit by staff: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.menu.version)
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.menu.updated_at
    }

    /// When it was deleted; `menuRestore` brings it back. Null for everybody but staff with the
    /// permission `CONTENT`.
    async fn deleted_at(&self, ctx: &Context<'_>) -> Option<DateTime<Utc>> {
        let may = permission::allowed(ctx.caller(), Permission::Content);
        self.0.menu.deleted_at.filter(|_| may)
    }
}

/// A link of a menu.
#[derive(Debug)]
pub struct MenuItem<'a> {
    menu: MenuId,
    view: &'a ItemView,
}

/// What a link of a menu leads to, within the shop.
#[derive(Debug, Union)]
pub enum MenuTarget {
    Page(Page),
    Category(Category),
    Collection(Collection),
    Product(Box<Product>),
}

/// A link of a menu. Without a `target` and a `url` it is a heading.
#[Object]
impl MenuItem<'_> {
    /// What it says.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.menu, &value_field(&self.view.title), &self.view.title).await
    }

    /// The object of the shop that it leads to. Null for an address, a heading, and, for staff, an object
    /// that is gone.
    #[graphql(complexity = "1 + child_complexity")]
    async fn target(&self) -> Option<MenuTarget> {
        self.view.shown.clone().map(|shown| match shown {
            Shown::Page(view) => MenuTarget::Page(Page(*view)),
            Shown::Category(row) => MenuTarget::Category(Category(*row)),
            Shown::Collection(row) => MenuTarget::Collection(Collection(*row)),
            Shown::Product(row) => MenuTarget::Product(Box::new(Product(*row))),
        })
    }

    /// The id of the object that it leads to, which may be gone.
    async fn target_id(&self) -> Option<ID> {
        match self.view.target.as_ref()? {
            Target::Page(id) => Some(ids::public(id)),
            Target::Category(id) => Some(ids::public(id)),
            Target::Collection(id) => Some(ids::public(id)),
            Target::Product(id) => Some(ids::public(id)),
            Target::ProductNamed(_) => match self.view.shown.as_ref()? {
                Shown::Product(row) => Some(ids::public(row.id)),
                _ => None,
            },
            Target::Url(_) => None,
        }
    }

    /// The slug of the product that it leads to and that is not there yet, as a shop's file may name one: shoppers see the link as
    /// soon as the product comes.
    async fn product_slug(&self) -> Option<&str> {
        match self.view.target.as_ref()? {
            Target::ProductNamed(slug) if self.view.shown.is_none() => Some(slug),
            _ => None,
        }
    }

    /// The address that it leads to, where that is no object of the shop: `https://…`, or a path within
    /// the storefront, as in `/sale`.
    async fn url(&self) -> Option<&str> {
        match self.view.target.as_ref()? {
            Target::Url(url) => Some(url),
            _ => None,
        }
    }

    /// The links below it, at most three more within each other.
    #[graphql(complexity = "5 * child_complexity")]
    async fn items(&self) -> Vec<MenuItem<'_>> {
        let item = |view| MenuItem { menu: self.menu, view };
        self.view.items.iter().map(item).collect()
    }
}
