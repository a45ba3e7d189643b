//! A menu with what its items lead to. Shoppers see no item whose target is gone or not shown.

use std::{collections::HashMap, hash::Hash};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::ExprTrait};
use vitrine_entity::{
    category, collection,
    ids::{CategoryId, CollectionId, PageId, ProductId},
    menu, page, product,
};

use super::items::{ItemDraft, Target, items_of};
use crate::{
    Context, Result, Shop,
    catalog::{find, slug::is_slug},
    content::page::{PageView, sees_all, with_texts},
    text,
};

#[derive(Debug, Clone)]
pub struct MenuView {
    pub menu: menu::Model,
    pub items: Vec<ItemView>,
}

#[derive(Debug, Clone)]
pub struct ItemView {
    pub title: String,
    pub target: Option<Target>,
    /// What `target` names, where it is there and the caller may see it.
    pub shown: Option<Shown>,
    pub items: Vec<ItemView>,
}

/// What an item leads to, within the shop.
#[derive(Debug, Clone)]
pub enum Shown {
    Page(Box<PageView>),
    Category(Box<category::Model>),
    Collection(Box<collection::Model>),
    Product(Box<product::Model>),
}

pub async fn by_handle(shop: &Shop, context: &Context, handle: &str) -> Result<Option<MenuView>> {
    let handle = &*text::normal(handle).to_lowercase();
    if !is_slug(handle) {
        return Ok(None);
    }
    let found = menu::Entity::find()
        .filter(menu::Column::Handle.eq(handle))
        .filter(menu::Column::DeletedAt.is_null())
        .one(&shop.db)
        .await?;
    match found {
        Some(menu) => Ok(Some(view(shop, context, menu).await?)),
        None => Ok(None),
    }
}

/// Every menu that is there, or every deleted one.
pub async fn all(shop: &Shop, deleted: bool) -> Result<Vec<menu::Model>> {
    all_on(&shop.db, deleted).await
}

/// As [`all`], in a transaction.
pub async fn all_on(db: &impl ConnectionTrait, deleted: bool) -> Result<Vec<menu::Model>> {
    let menus = menu::Entity::find().order_by_asc(menu::Column::Handle);
    let menus = match deleted {
        true => menus.filter(menu::Column::DeletedAt.is_not_null()),
        false => menus.filter(menu::Column::DeletedAt.is_null()),
    };
    Ok(menus.all(db).await?)
}

/// A menu with what its items lead to, as the caller may see it.
pub async fn view(shop: &Shop, context: &Context, menu: menu::Model) -> Result<MenuView> {
    let drafts = items_of(&menu)?;
    let targets = Targets::load(shop, context, &drafts).await?;
    let items = targets.resolve(drafts, sees_all(context));
    Ok(MenuView { menu, items })
}

/// Everything that a menu's items lead to, and the caller may see.
#[derive(Default)]
struct Targets {
    pages: HashMap<PageId, PageView>,
    categories: HashMap<CategoryId, category::Model>,
    collections: HashMap<CollectionId, collection::Model>,
    products: HashMap<ProductId, product::Model>,
}

impl Targets {
    /// One query for each kind of target that there is.
    async fn load(shop: &Shop, context: &Context, items: &[ItemDraft]) -> Result<Self> {
        let (mut pages, mut categories, mut collections, mut products, mut slugs) =
            (vec![], vec![], vec![], vec![], vec![]);
        walk(items, &mut |target| match target {
            Target::Page(id) => pages.push(*id),
            Target::Category(id) => categories.push(*id),
            Target::Collection(id) => collections.push(*id),
            Target::Product(id) => products.push(*id),
            Target::ProductNamed(slug) => slugs.push(slug.clone()),
            Target::Url(_) => {}
        });
        let mut targets = Self::default();
        if !pages.is_empty() {
            let rows = page::Entity::find()
                .filter(page::Column::Id.is_in(pages))
                .all(&shop.db)
                .await?;
            let seen = rows
                .into_iter()
                .filter(|page| page.deleted_at.is_none() && (page.published || sees_all(context)));
            let views = with_texts(&shop.db, seen.collect()).await?;
            targets.pages = by(views, |view| view.page.id);
        }
        if !categories.is_empty() {
            let rows = category::Entity::find().filter(category::Column::Id.is_in(categories));
            targets.categories = by(rows.all(&shop.db).await?, |row| row.id);
        }
        if !collections.is_empty() {
            let rows = collection::Entity::find().filter(collection::Column::Id.is_in(collections));
            targets.collections = by(rows.all(&shop.db).await?, |row| row.id);
        }
        if !(products.is_empty() && slugs.is_empty()) {
            let named = product::Column::Slug.is_in(slugs);
            let rows = product::Entity::find().filter(product::Column::Id.is_in(products).or(named));
            let rows = rows.all(&shop.db).await?.into_iter();
            let seen = rows.filter(|product| find::is_visible(context, product));
            targets.products = by(seen, |row| row.id);
        }
        Ok(targets)
    }

    fn shown(&self, target: &Target) -> Option<Shown> {
        match target {
            Target::Page(id) => self.pages.get(id).cloned().map(Box::new).map(Shown::Page),
            Target::Category(id) => self.categories.get(id).cloned().map(Box::new).map(Shown::Category),
            Target::Collection(id) => self.collections.get(id).cloned().map(Box::new).map(Shown::Collection),
            Target::Product(id) => self.products.get(id).cloned().map(Box::new).map(Shown::Product),
            Target::ProductNamed(slug) => {
                let named = self.products.values().find(|product| product.slug == *slug);
                named.cloned().map(Box::new).map(Shown::Product)
            }
            Target::Url(_) => None,
        }
    }

    fn resolve(&self, items: Vec<ItemDraft>, keep_all: bool) -> Vec<ItemView> {
        let view = |item: ItemDraft| {
            let shown = item.target.as_ref().and_then(|target| self.shown(target));
            let leads = shown.is_some() || matches!(item.target, None | Some(Target::Url(_)));
            (leads || keep_all).then(|| ItemView {
                title: item.title,
                target: item.target,
                shown,
                items: self.resolve(item.items, keep_all),
            })
        };
        items.into_iter().filter_map(view).collect()
    }
}

fn walk(items: &[ItemDraft], visit: &mut impl FnMut(&Target)) {
    for item in items {
        if let Some(target) = &item.target {
            visit(target);
        }
        walk(&item.items, visit);
    }
}

fn by<Id: Hash + Eq, Row>(rows: impl IntoIterator<Item = Row>, id: impl Fn(&Row) -> Id) -> HashMap<Id, Row> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}
