//! What menus lead to, by its name and by its id.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{
    ids::{CategoryId, CollectionId, PageId, ProductId},
    product,
};

use crate::{
    Result,
    catalog::{categories, collections},
    content::{
        menu::{ItemDraft, Target},
        page,
    },
};

/// How many products one statement asks about.
const PRODUCTS_MAX: usize = 500;

/// Everything that an item may lead to, but products: of these, the ones that are asked for.
pub(super) struct Names {
    pages: Vec<(PageId, String)>,
    categories: Vec<(CategoryId, String)>,
    collections: Vec<(CollectionId, String)>,
    products: Vec<(ProductId, String)>,
}

impl Names {
    /// With the products that these items lead to.
    pub(super) async fn of(db: &impl ConnectionTrait, items: impl Iterator<Item = &ItemDraft>) -> Result<Self> {
        let mut ids = Vec::new();
        items.for_each(|item| collect(item, &mut ids));
        let mut names = Self::without_products(db).await?;
        for ids in ids.chunks(PRODUCTS_MAX) {
            let found = products().filter(product::Column::Id.is_in(ids.iter().copied()));
            names
                .products
                .extend(found.into_tuple::<(ProductId, String)>().all(db).await?);
        }
        Ok(names)
    }

    /// With the products that have these slugs.
    pub(super) async fn named(db: &impl ConnectionTrait, slugs: &[String]) -> Result<Self> {
        let mut names = Self::without_products(db).await?;
        for slugs in slugs.chunks(PRODUCTS_MAX) {
            let found = products().filter(product::Column::Slug.is_in(slugs));
            names
                .products
                .extend(found.into_tuple::<(ProductId, String)>().all(db).await?);
        }
        Ok(names)
    }

    async fn without_products(db: &impl ConnectionTrait) -> Result<Self> {
        let pages = page::all_on(db).await?.into_iter();
        let categories = categories::with_paths(db).await?.into_iter();
        let collections = collections::all_on(db).await?.into_iter();
        Ok(Self {
            pages: pages.map(|view| (view.page.id, view.page.handle)).collect(),
            categories: categories.map(|(row, path)| (row.id, path)).collect(),
            collections: collections.map(|row| (row.id, row.slug)).collect(),
            products: Vec::new(),
        })
    }

    pub(super) fn handle(&self, id: PageId) -> Option<String> {
        name(&self.pages, id)
    }

    pub(super) fn path(&self, id: CategoryId) -> Option<String> {
        name(&self.categories, id)
    }

    pub(super) fn collection_slug(&self, id: CollectionId) -> Option<String> {
        name(&self.collections, id)
    }

    pub(super) fn product_slug(&self, id: ProductId) -> Option<String> {
        name(&self.products, id)
    }

    pub(super) fn page(&self, handle: &str) -> Option<PageId> {
        id(&self.pages, handle)
    }

    pub(super) fn category(&self, path: &str) -> Option<CategoryId> {
        id(&self.categories, path.trim().trim_matches('/'))
    }

    pub(super) fn collection(&self, slug: &str) -> Option<CollectionId> {
        id(&self.collections, slug)
    }

    pub(super) fn product(&self, slug: &str) -> Option<ProductId> {
        id(&self.products, slug)
    }
}

fn name<Id: PartialEq>(known: &[(Id, String)], id: Id) -> Option<String> {
    let found = known.iter().find(|(known, _)| *known == id);
    found.map(|(_, name)| name.clone())
}

fn id<Id: Copy>(known: &[(Id, String)], name: &str) -> Option<Id> {
    let found = known.iter().find(|(_, known)| known == name.trim());
    found.map(|(id, _)| *id)
}

fn products() -> sea_orm::Select<product::Entity> {
    product::Entity::find()
        .select_only()
        .columns([product::Column::Id, product::Column::Slug])
        .filter(product::Column::DeletedAt.is_null())
}

fn collect(item: &ItemDraft, ids: &mut Vec<ProductId>) {
    if let Some(Target::Product(id)) = &item.target {
        ids.push(*id);
    }
    item.items.iter().for_each(|item| collect(item, ids));
}
