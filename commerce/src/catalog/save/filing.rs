//! The categories that drafts name, those that are missing created: by slug, as staff do, or by their path, as
//! files do, where the same name beneath another category is another category.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{category, ids::CategoryId};

use crate::{
    Result, Tx,
    catalog::{
        categories::{
            self,
            change::{CategoryCreate, create_in},
        },
        draft::{CategoryDraft, ProductDraft},
        heading::Heading,
        slug::slugify,
    },
    turn::{self, Turn},
};

/// Where the drafts of a batch are filed.
pub(super) struct Filing {
    by_slug: HashMap<String, CategoryId>,
    by_path: HashMap<Vec<String>, CategoryId>,
}

impl Filing {
    pub(super) async fn load(tx: &Tx, drafts: &[&ProductDraft]) -> Result<Self> {
        let by_slug = by_slug(tx, drafts).await?;
        let by_path = by_path(tx, drafts, &by_slug).await?;
        Ok(Self { by_slug, by_path })
    }

    pub(super) fn category_of(&self, draft: &ProductDraft) -> Option<CategoryId> {
        let by_slug = draft.category.as_ref().and_then(|slug| self.by_slug.get(slug));
        by_slug.or_else(|| self.by_path.get(&draft.category_path)).copied()
    }
}

/// Those that are missing are created beneath the root, unless a path says where they lie.
async fn by_slug(tx: &Tx, drafts: &[&ProductDraft]) -> Result<HashMap<String, CategoryId>> {
    let wanted: BTreeMap<&String, Option<&String>> = drafts
        .iter()
        .filter_map(|draft| Some((draft.category.as_ref()?, draft.category_name.as_ref())))
        .collect();
    if wanted.is_empty() {
        return Ok(HashMap::new());
    }
    let found = categories::ids_by_slug(tx, wanted.keys().copied()).await?;
    let with_path: BTreeSet<&String> = drafts
        .iter()
        .filter(|draft| !draft.category_path.is_empty())
        .filter_map(|draft| draft.category.as_ref())
        .collect();
    let missing = wanted
        .iter()
        .filter(|(slug, _)| !found.contains_key(**slug) && !with_path.contains(**slug));
    if missing.clone().next().is_none() {
        return Ok(found);
    }
    let roots = category::Entity::find()
        .filter(category::Column::ParentId.is_null())
        .count(tx.db())
        .await?;
    let first = i32::try_from(roots).unwrap_or(i32::MAX);
    let missing = missing.zip(0..).map(|((slug, name), place)| CategoryDraft {
        slug: (*slug).clone(),
        name: name.unwrap_or(slug).clone(),
        description: String::new(),
        parent: None,
        position: first.saturating_add(place),
    });
    categories::create(tx, &missing.collect::<Vec<_>>()).await?;
    categories::ids_by_slug(tx, wanted.keys().copied()).await
}

async fn by_path(
    tx: &Tx,
    drafts: &[&ProductDraft],
    by_slug: &HashMap<String, CategoryId>,
) -> Result<HashMap<Vec<String>, CategoryId>> {
    // In the order of the file: the first of two that are called the same has the plain slug.
    let unknown = drafts
        .iter()
        .filter(|draft| draft.category.as_ref().is_none_or(|slug| !by_slug.contains_key(slug)));
    let paths = unknown.map(|draft| &draft.category_path);
    let paths: Vec<_> = paths.filter(|path| !path.is_empty()).collect();
    let mut found = HashMap::new();
    if paths.is_empty() {
        return Ok(found);
    }
    let mut tree = Names::of(categories::all_on(tx.db()).await?);
    if paths.iter().any(|path| tree.find(path).is_none()) {
        // Another may create the same at this moment.
        turn::take(tx, Turn::Categories).await?;
        tree = Names::of(categories::all_on(tx.db()).await?);
    }
    for path in paths {
        let id = match tree.find(path) {
            Some(id) => id,
            None => tree.make(tx, path).await?,
        };
        found.insert(path.clone(), id);
    }
    Ok(found)
}

/// The tree by its names.
struct Names {
    rows: Vec<category::Model>,
    ids: HashMap<(Option<CategoryId>, String), CategoryId>,
}

impl Names {
    fn of(rows: Vec<category::Model>) -> Self {
        let named = rows.iter().map(|row| ((row.parent_id, row.name.clone()), row.id));
        Self {
            ids: named.collect(),
            rows,
        }
    }

    fn find(&self, path: &[String]) -> Option<CategoryId> {
        let down = |parent: Option<CategoryId>, name: &String| Some(Some(*self.ids.get(&(parent, name.clone()))?));
        path.iter().try_fold(None, down).flatten().or_else(|| self.moved(path))
    }

    /// A type, which is a path of one name, that staff have filed beneath another category since, or renamed in
    /// capitals alone.
    fn moved(&self, path: &[String]) -> Option<CategoryId> {
        let [name] = path else { return None };
        let slug = slugify(name);
        let is_it = |row: &&category::Model| row.slug == slug && row.name.to_lowercase() == name.to_lowercase();
        self.rows.iter().find(is_it).map(|row| row.id)
    }

    /// What is missing on the way is created.
    async fn make(&mut self, tx: &Tx, path: &[String]) -> Result<CategoryId> {
        let mut parent = None;
        for name in path {
            let key = (parent, name.clone());
            let id = match self.ids.get(&key) {
                Some(id) => *id,
                None => {
                    let id = create(tx, name, parent).await?;
                    self.ids.insert(key, id);
                    id
                }
            };
            parent = Some(id);
        }
        Ok(parent.expect("a path has a name"))
    }
}

async fn create(tx: &Tx, name: &str, parent: Option<CategoryId>) -> Result<CategoryId> {
    let input = CategoryCreate {
        heading: Heading {
            name: Some(name.to_owned()),
            ..Heading::default()
        },
        parent,
        position: None,
    };
    Ok(create_in(tx, &input).await?.id)
}
