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
    /// From the root down, without itself.
    AncestorsOfCategory(CategoryId) -> Vec<category::Model> = ancestors_of;
}

/// The tree is small: it is read whole, once for everybody who asks.
async fn ancestors_of(shop: &Shop, ids: &[CategoryId]) -> Result<HashMap<CategoryId, Vec<category::Model>>> {
    let all = categories::all(shop).await?;
    let tree: HashMap<_, _> = all.into_iter().map(|category| (category.id, category)).collect();
    let ancestors = |id: &CategoryId| {
        let mut path = Vec::new();
        let mut next = tree.get(id).and_then(|category| category.parent_id);
        // A circle among rows, which nothing should write, ends here.
        while let Some(parent) = next.and_then(|id| tree.get(&id)).filter(|_| path.len() < tree.len()) {
            path.push(parent.clone());
            next = parent.parent_id;
        }
        path.reverse();
        (*id, path)
    };
    Ok(ids.iter().map(ancestors).collect())
}
