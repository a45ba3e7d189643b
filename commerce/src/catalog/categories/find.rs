//! Reads the tree: what is deleted is not in it.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{category, ids::CategoryId, slug_redirect::SlugKind};

use super::tree::Tree;
use crate::{
    Context, Result, Shop,
    catalog::{access::require_catalog, redirects, slug::is_slug},
    sql, text,
};

/// The most deleted categories that are listed.
const DELETED_MAX: u64 = 250;

/// Every category, siblings in their order.
pub async fn all(shop: &Shop) -> Result<Vec<category::Model>> {
    all_on(&shop.db).await
}

/// As [`all`], in a transaction.
pub(in crate::catalog) async fn all_on(db: &impl ConnectionTrait) -> Result<Vec<category::Model>> {
    let query = category::Entity::find()
        .filter(category::Column::DeletedAt.is_null())
        .order_by_asc(category::Column::Position)
        .order_by_asc(category::Column::Id);
    Ok(query.all(db).await?)
}

/// Every category with its path (`home/kitchen`: the slugs from the root down), branches behind what they lie
/// beneath, and siblings in their order.
pub async fn with_paths(db: &impl ConnectionTrait) -> Result<Vec<(category::Model, String)>> {
    let rows = all_on(db).await?;
    let mut children: HashMap<Option<CategoryId>, Vec<category::Model>> = HashMap::new();
    for row in rows.into_iter().rev() {
        children.entry(row.parent_id).or_default().push(row);
    }
    let beneath = |above: &str, slug: &str| match above.is_empty() {
        true => slug.to_owned(),
        false => format!("{above}/{slug}"),
    };
    // The last is the next: each list stands in the reverse of its order.
    let mut open: Vec<(String, category::Model)> = Vec::new();
    let roots = children.remove(&None).unwrap_or_default();
    open.extend(roots.into_iter().map(|row| (String::new(), row)));
    let mut found = Vec::new();
    while let Some((above, row)) = open.pop() {
        let path = beneath(&above, &row.slug);
        let branches = children.remove(&Some(row.id)).unwrap_or_default();
        open.extend(branches.into_iter().map(|branch| (path.clone(), branch)));
        found.push((row, path));
    }
    Ok(found)
}

/// The categories that were deleted and can be restored, the latest first. For staff.
///
/// # Errors
/// Refuses those who may not change the catalogue.
pub async fn deleted(shop: &Shop, context: &Context) -> Result<Vec<category::Model>> {
    require_catalog(context)?;
    let query = category::Entity::find()
        .filter(category::Column::DeletedAt.is_not_null())
        .order_by_desc(category::Column::DeletedAt)
        .order_by_desc(category::Column::Id)
        .limit(DELETED_MAX);
    Ok(query.all(&shop.db).await?)
}

pub async fn by_id(shop: &Shop, id: CategoryId) -> Result<Option<category::Model>> {
    let found = category::Entity::find_by_id(id).one(&shop.db).await?;
    Ok(found.filter(|category| category.deleted_at.is_none()))
}

/// The category that has this slug or, if none has, the one that had it last.
pub async fn by_slug(shop: &Shop, context: &Context, slug: &str) -> Result<Option<category::Model>> {
    let slug = &*text::normal(slug).to_lowercase();
    if !is_slug(slug) {
        return Ok(None);
    }
    let found = category::Entity::find()
        .filter(category::Column::Slug.eq(slug))
        .one(&shop.db)
        .await?;
    if found.is_some() {
        return Ok(found);
    }
    match redirects::slugs::led_to(shop, context, SlugKind::Category, slug).await? {
        Some(id) => by_id(shop, CategoryId(id)).await,
        None => Ok(None),
    }
}

/// The children of each category, in their order; those of `None` are the roots.
pub async fn children_of(
    shop: &Shop,
    parents: &[Option<CategoryId>],
) -> Result<HashMap<Option<CategoryId>, Vec<category::Model>>> {
    let mut wanted = Condition::any().add(sql::among(
        &shop.db,
        category::Column::ParentId,
        parents.iter().copied().flatten(),
    ));
    if parents.contains(&None) {
        wanted = wanted.add(category::Column::ParentId.is_null());
    }
    let rows = category::Entity::find()
        .filter(wanted)
        .filter(category::Column::DeletedAt.is_null())
        .order_by_asc(category::Column::Position)
        .order_by_asc(category::Column::Id)
        .all(&shop.db)
        .await?;
    let mut children: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        children.entry(row.parent_id).or_default().push(row);
    }
    Ok(children)
}

/// The categories with these slugs and everything beneath them.
pub async fn descendant_ids(shop: &Shop, slugs: &[String]) -> Result<Vec<CategoryId>> {
    let tree = Tree::new(all(shop).await?);
    let tops = tree
        .categories
        .values()
        .filter(|category| slugs.contains(&category.slug))
        .map(|category| category.id);
    Ok(tree.branches(tops.collect()))
}

/// These categories and everything beneath them.
pub(crate) async fn with_branches(db: &impl ConnectionTrait, tops: &[CategoryId]) -> Result<Vec<CategoryId>> {
    Ok(Tree::new(all_on(db).await?).branches(tops.to_vec()))
}

/// As [`descendant_ids`], by slug.
pub async fn descendant_slugs(shop: &Shop, slug: &str) -> Result<Vec<String>> {
    let tree = Tree::new(all(shop).await?);
    let tops = tree
        .categories
        .values()
        .filter(|category| category.slug == slug)
        .map(|category| category.id)
        .collect();
    Ok(tree
        .branches(tops)
        .iter()
        .map(|id| tree.categories[id].slug.clone())
        .collect())
}

/// What a category lies beneath, from the root down; without itself.
pub async fn ancestors(shop: &Shop, category: CategoryId) -> Result<Vec<category::Model>> {
    let tree = Tree::new(all(shop).await?);
    let mut path: Vec<_> = tree.path(category).into_iter().cloned().collect();
    path.pop();
    Ok(path)
}
