//! The category tree. It is small (a shop has dozens of categories, not thousands), so what asks
//! about branches reads it whole, in one statement.

pub mod change;
mod find;
pub mod refile;
mod tree;

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use vitrine_entity::{category, ids::CategoryId};

pub(crate) use self::find::with_branches;
pub use self::find::{
    all, ancestors, by_id, by_slug, children_of, deleted, descendant_ids, descendant_slugs, with_paths,
};
pub(super) use self::{
    find::all_on,
    tree::{DEPTH_MAX, Tree},
};
use super::draft::CategoryDraft;
use crate::{Refusal, Result, Tx};

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
            ..Default::default()
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
