use std::collections::HashMap;

use vitrine_commerce::{
    Result, Shop,
    catalog::{categories, load},
};
use vitrine_entity::{category, ids::CategoryId};

use crate::graphql::shared::questions;

questions! {
    CategoryById(CategoryId) -> category::Model = load::categories;
    /// Its branches; of none, the roots.
    ChildrenOfCategory(Option<CategoryId>) -> Vec<category::Model> = categories::children_of;
    /// From the root down to itself.
    PathOfCategory(CategoryId) -> Vec<category::Model> = paths_of;
}

/// The tree is small: it is read whole, once for everybody who asks.
async fn paths_of(shop: &Shop, ids: &[CategoryId]) -> Result<HashMap<CategoryId, Vec<category::Model>>> {
    let all = categories::all(shop).await?;
    let tree: HashMap<_, _> = all.into_iter().map(|category| (category.id, category)).collect();
    let path = |id: &CategoryId| {
        let mut path = Vec::new();
        let mut next = Some(*id);
        // A circle among rows, which nothing should write, ends here.
        while let Some(row) = next.and_then(|id| tree.get(&id)).filter(|_| path.len() < tree.len()) {
            path.push(row.clone());
            next = row.parent_id;
        }
        path.reverse();
        (*id, path)
    };
    Ok(ids.iter().map(path).collect())
}
