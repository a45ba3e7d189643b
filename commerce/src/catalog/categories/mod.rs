//! The category tree. It is small (a shop has dozens of categories, not thousands), so what asks
//! about branches reads it whole, in one statement.

mod tree;

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{category, ids::CategoryId};

pub(super) use self::tree::Tree;
use super::{draft::CategoryDraft, slug::is_slug};
use crate::{Refusal, Result, Shop, Tx};

/// Creates the categories whose slugs nobody has; the others stay as they are. Parents stand
/// before their children, as the foreign key wants them.
///
/// # Errors
/// Refuses a parent that is neither there nor among the drafts before it.
pub async fn create(tx: &Tx, drafts: &[CategoryDraft]) -> Result<()> {
    let parents = drafts.iter().filter_map(|draft| draft.parent.as_ref());
    let mut ids = ids_by_slug(tx, drafts.iter().map(|draft| &draft.slug).chain(parents)).await?;
    let mut rows = Vec::new();
    for draft in drafts
        .iter()
        .filter(|draft| !ids.contains_key(&draft.slug))
        .collect::<Vec<_>>()
    {
        let no_parent = || Refusal::not_found("category").at(&["parent"]);
        let parent = draft
            .parent
            .as_ref()
            .map(|parent| ids.get(parent).copied().ok_or_else(no_parent));
        let id = CategoryId(tx.shop().new_id());
        rows.push(category::ActiveModel {
            id: Set(id),
            parent_id: Set(parent.transpose()?),
            slug: Set(draft.slug.clone()),
            name: Set(draft.name.clone()),
            description: Set(draft.description.clone()),
            position: Set(draft.position),
        });
        ids.insert(draft.slug.clone(), id);
    }
    // Somebody else may create the same one at this moment: either will do.
    category::Entity::insert_many(rows)
        .on_conflict_do_nothing_on([category::Column::Slug])
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

pub(super) async fn ids_by_slug(tx: &Tx, slugs: impl Iterator<Item = &String>) -> Result<HashMap<String, CategoryId>> {
    let rows: Vec<(String, CategoryId)> = category::Entity::find()
        .select_only()
        .columns([category::Column::Slug, category::Column::Id])
        .filter(category::Column::Slug.is_in(slugs))
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(rows.into_iter().collect())
}

/// Every category, siblings in their order.
pub async fn all(shop: &Shop) -> Result<Vec<category::Model>> {
    let query = category::Entity::find()
        .order_by_asc(category::Column::Position)
        .order_by_asc(category::Column::Id);
    Ok(query.all(&shop.db).await?)
}

pub async fn by_id(shop: &Shop, id: CategoryId) -> Result<Option<category::Model>> {
    Ok(category::Entity::find_by_id(id).one(&shop.db).await?)
}

pub async fn by_slug(shop: &Shop, slug: &str) -> Result<Option<category::Model>> {
    if !is_slug(slug) {
        return Ok(None);
    }
    Ok(category::Entity::find()
        .filter(category::Column::Slug.eq(slug))
        .one(&shop.db)
        .await?)
}

/// The children of each category, in their order; those of `None` are the roots.
pub async fn children_of(
    shop: &Shop,
    parents: &[Option<CategoryId>],
) -> Result<HashMap<Option<CategoryId>, Vec<category::Model>>> {
    let mut wanted = Condition::any().add(category::Column::ParentId.is_in(parents.iter().copied().flatten()));
    if parents.contains(&None) {
        wanted = wanted.add(category::Column::ParentId.is_null());
    }
    let rows = category::Entity::find()
        .filter(wanted)
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
