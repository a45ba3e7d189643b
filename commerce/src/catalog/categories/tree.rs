//! The category tree in memory.

use std::collections::{HashMap, HashSet};

use vitrine_entity::{category, ids::CategoryId};

/// How many levels the tree may have.
pub(in crate::catalog) const DEPTH_MAX: usize = 10;

/// The whole tree in memory. A circle among rows, which nothing should write, ends a walk.
pub(in crate::catalog) struct Tree {
    pub(super) categories: HashMap<CategoryId, category::Model>,
    children: HashMap<CategoryId, Vec<CategoryId>>,
}

impl Tree {
    pub(in crate::catalog) fn new(rows: Vec<category::Model>) -> Self {
        let mut children: HashMap<_, Vec<_>> = HashMap::new();
        for row in &rows {
            if let Some(parent) = row.parent_id {
                children.entry(parent).or_default().push(row.id);
            }
        }
        Self {
            categories: rows.into_iter().map(|row| (row.id, row)).collect(),
            children,
        }
    }

    /// What lies directly beneath a category, or of none the roots, in display order.
    pub(super) fn siblings(&self, parent: Option<CategoryId>) -> Vec<&category::Model> {
        let mut siblings: Vec<_> = self
            .categories
            .values()
            .filter(|category| category.parent_id == parent)
            .collect();
        siblings.sort_by_key(|category| (category.position, category.id));
        siblings
    }

    /// How many levels a category and what lies beneath it take.
    pub(super) fn height(&self, category: CategoryId) -> usize {
        let deepest = self.branches(vec![category]).into_iter().map(|id| self.path(id).len());
        let deepest = deepest.max().unwrap_or_default();
        deepest + 1 - self.path(category).len()
    }

    /// From the root to `category`, which is the last.
    pub(in crate::catalog) fn path(&self, category: CategoryId) -> Vec<&category::Model> {
        let (mut path, mut seen) = (Vec::new(), HashSet::new());
        let mut next = Some(category);
        while let Some(row) = next
            .filter(|id| seen.insert(*id))
            .and_then(|id| self.categories.get(&id))
        {
            path.push(row);
            next = row.parent_id;
        }
        path.reverse();
        path
    }

    /// The categories given, whether they are in the tree or not, and everything beneath them, each once.
    pub(in crate::catalog) fn branches(&self, tops: Vec<CategoryId>) -> Vec<CategoryId> {
        let (mut open, mut seen, mut found) = (tops, HashSet::new(), Vec::new());
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                found.push(id);
                open.extend(self.children.get(&id).into_iter().flatten());
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> CategoryId {
        CategoryId(Uuid::from_u128(number))
    }

    fn tree(rows: &[(u128, Option<u128>)]) -> Tree {
        let row = |&(number, parent): &(u128, Option<u128>)| category::Model {
            id: id(number),
            parent_id: parent.map(id),
            slug: number.to_string(),
            name: number.to_string(),
            description: String::new(),
            position: 0,
            version: 1,
            seo_title: None,
            seo_description: None,
            picture_source: None,
            picture_alt: None,
            updated_at: None,
            deleted_at: None,
            deleted_slug: None,
            products_to: None,
        };
        Tree::new(rows.iter().map(row).collect())
    }

    #[test]
    fn a_branch_holds_itself_and_all_beneath() {
        let tree = tree(&[(1, None), (2, Some(1)), (3, Some(2)), (4, None)]);
        let mut branch = tree.branches(vec![id(1), id(2)]);
        branch.sort();
        assert_eq!(branch, [id(1), id(2), id(3)]);
        let path: Vec<_> = tree.path(id(3)).iter().map(|row| row.id).collect();
        assert_eq!(path, [id(1), id(2), id(3)]);
    }

    #[test]
    fn a_branch_has_a_height() {
        let tree = tree(&[(1, None), (2, Some(1)), (3, Some(2)), (4, Some(1))]);
        assert_eq!([1, 2, 3, 4].map(|number| tree.height(id(number))), [3, 2, 1, 1]);
        let beneath: Vec<_> = tree.siblings(Some(id(1))).iter().map(|row| row.id).collect();
        assert_eq!(beneath, [id(2), id(4)]);
    }

    #[test]
    fn a_circle_ends() {
        let tree = tree(&[(1, Some(2)), (2, Some(1))]);
        assert_eq!(tree.branches(vec![id(1)]).len(), 2);
        assert_eq!(tree.path(id(1)).len(), 2);
    }
}
