//! The tree of categories, in the order of its branches. A category is known by its slug, and stands where its path
//! says: the slugs from the root down.

use async_trait::async_trait;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use vitrine_entity::{category, ids::CategoryId};

use super::heading::PictureEntry;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::{
        categories::{
            self,
            change::{self, Branches, CategoryCreate, CategoryDelete, CategoryMove, CategoryUpdate},
        },
        heading::Heading,
    },
    language::messages,
    setup::file::section::Section,
    sql,
    staff::Permission,
};

pub(super) struct Categories;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct CategoryEntry {
    /// `home/kitchen`: the slugs from the root down, its own at the end.
    path: String,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seo_title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seo_description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<PictureEntry>,
}

#[async_trait]
impl Section for Categories {
    const KEY: &'static str = "categories";
    const PERMISSION: Permission = Permission::Catalog;
    type Id = CategoryId;
    type Entry = CategoryEntry;

    fn name(entry: &CategoryEntry) -> String {
        entry.way().1.to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(CategoryId, CategoryEntry)>> {
        let entry = |row: category::Model, path: String| CategoryEntry {
            path,
            name: row.name,
            description: row.description,
            seo_title: row.seo_title,
            seo_description: row.seo_description,
            picture: PictureEntry::of(row.picture_source, row.picture_alt),
        };
        let rows = categories::with_paths(tx.db()).await?;
        Ok(rows.into_iter().map(|(row, path)| (row.id, entry(row, path))).collect())
    }

    async fn put(tx: &Tx, current: Option<CategoryId>, entry: &CategoryEntry, _: bool) -> Result<()> {
        let (parent, slug) = entry.way();
        let parent = match parent {
            Some(path) => Some(named(tx.db(), path, &["path"]).await?),
            None => None,
        };
        let heading = Heading {
            name: Some(entry.name.clone()),
            slug: Some(slug.to_owned()),
            description: Some(entry.description.clone()),
            seo_title: Some(entry.seo_title.clone()),
            seo_description: Some(entry.seo_description.clone()),
            picture: Some(entry.picture.clone().map(Into::into)),
        };
        let Some(category) = current else {
            let position = None;
            let create = CategoryCreate {
                heading,
                parent,
                position,
            };
            return change::create_in(tx, &create).await.map(drop);
        };
        let to = CategoryMove {
            category,
            expected_version: None,
            parent: Some(parent),
            position: None,
        };
        change::move_to_in(tx, &to).await?;
        let update = CategoryUpdate {
            category,
            expected_version: None,
            heading,
        };
        change::update_in(tx, &update).await.map(drop)
    }

    /// Its goods go to what it lies beneath, and so on, up to what stays.
    async fn remove(tx: &Tx, id: CategoryId) -> Result<()> {
        let rows = categories::with_paths(tx.db()).await?;
        if rows.iter().any(|(row, _)| row.parent_id == Some(id)) {
            return Err(Refusal::new(ErrorCode::Invalid, messages::file_branches_stay()).into());
        }
        let parent = rows
            .iter()
            .find(|(row, _)| row.id == id)
            .and_then(|(row, _)| row.parent_id);
        let goods = goods(tx.db(), id).await?;
        if goods > 0 && parent.is_none() {
            return Err(Refusal::new(ErrorCode::Invalid, messages::file_goods_stay(goods)).into());
        }
        let delete = CategoryDelete {
            category: id,
            expected_version: None,
            products_to: parent.filter(|_| goods > 0),
            branches: Branches::Refuse,
        };
        change::delete_in(tx, &delete).await.map(drop)
    }

    /// Each among its siblings.
    async fn order(tx: &Tx, ids: &[CategoryId]) -> Result<()> {
        let rows = categories::with_paths(tx.db()).await?;
        let mut parents: Vec<Option<CategoryId>> = Vec::new();
        for (row, _) in &rows {
            if !parents.contains(&row.parent_id) {
                parents.push(row.parent_id);
            }
        }
        for parent in parents {
            let siblings = || {
                rows.iter()
                    .filter(|(row, _)| row.parent_id == parent)
                    .map(|(row, _)| row.id)
            };
            let mut wanted: Vec<CategoryId> = siblings().collect();
            wanted.sort_by_key(|id| ids.iter().position(|other| other == id));
            if !siblings().eq(wanted.iter().copied()) {
                change::reorder_in(tx, parent, &wanted).await?;
            }
        }
        Ok(())
    }
}

impl CategoryEntry {
    /// The path of what it lies beneath, and its slug.
    fn way(&self) -> (Option<&str>, &str) {
        let path = self.path.trim().trim_matches('/');
        match path.rsplit_once('/') {
            Some((above, slug)) => (Some(above), slug),
            None => (None, path),
        }
    }
}

/// The category at this path; `field` is where it is named.
pub(super) async fn named(db: &impl ConnectionTrait, path: &str, field: &[&str]) -> Result<CategoryId> {
    let path = path.trim().trim_matches('/');
    let rows = categories::with_paths(db).await?;
    let found = rows.into_iter().find(|(_, known)| known == path);
    let none = || {
        let message = messages::file_no_category(path);
        Refusal::new(ErrorCode::NotFound, message).at(field)
    };
    Ok(found.map(|(row, _)| row.id).ok_or_else(none)?)
}

/// How many products are in a category, with those that are still on their way to it from ones that were deleted.
async fn goods(db: &impl ConnectionTrait, id: CategoryId) -> Result<i64> {
    let sql = "with recursive way (id) as (select c.id from category c where c.id = $1 \
               union select c.id from category c join way w on c.products_to = w.id where c.deleted_at is not null) \
               select count(*) from product where category_id in (select id from way)";
    Ok(sql::column::<i64>(db, sql, [id.into()]).await?.into_iter().sum())
}
