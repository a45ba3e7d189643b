//! `/admin/collections/{id}`: the editor of a collection.

mod deeds;
mod rule;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::{
    deed::{self, Refused},
    goods::{self, Picker},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminCollection, admin_collection as document},
    problem::Problem,
    shown::value,
};

/// Products that are to stand in it.
const GOODS: Picker = Picker::products("productId");

#[derive(Default, Deserialize)]
pub struct Told {
    #[serde(default)]
    done: String,
    after: Option<String>,
}

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    editor(staff, id, told, None).await
}

/// `POST /admin/collections/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let run = deeds::run(&staff, &id, &deed, &form);
    match goods::act(&staff, &deed, &form, &[GOODS], run).await? {
        Some(refused) => editor(staff, id, Told::default(), Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/collections/{id}?done={deed}"))),
    }
}

async fn editor(staff: Staff, id: String, told: Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    // Of what comes on later pages the page does not know the place.
    let is_first = told.after.is_none();
    let variables = document::Variables { id, after: told.after };
    let data = staff.visit.ask(AdminCollection, variables).await?;
    let collection = data.collection.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.collections.done", &told.done);
    let categories = Categories::of(&data.categories);
    let said = |is_so: bool| staff.visit.say(if is_so { "admin.yes" } else { "admin.no" });
    let rows = rule::rows(&collection.rule, |id| categories.call_by_id(id), said);
    let shown = context! {
        collection => value(collection),
        rows => value(&rows),
        kinds => value(&rule::KINDS),
        categories => value(&categories.called()),
        is_first,
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/collection/page.html", shown)
}

/// A category, as a rule names it.
struct Category {
    id: String,
    slug: String,
    name: String,
}

/// Those of a tree.
struct Categories(Vec<Category>);

impl Categories {
    fn of(tree: &impl Serialize) -> Self {
        let mut found = Vec::new();
        let mut below = vec![serde_json::to_value(tree).unwrap_or_default()];
        while let Some(branch) = below.pop() {
            let text = |name: &str| branch[name].as_str().map(str::to_owned);
            if let (Some(id), Some(slug), Some(name)) = (text("id"), text("slug"), text("name")) {
                found.push(Category { id, slug, name });
            }
            let children = branch["children"].as_array().or(branch.as_array());
            below.extend(children.into_iter().flatten().cloned());
        }
        found.sort_by(|one, other| (&one.name, &one.slug).cmp(&(&other.name, &other.slug)));
        Self(found)
    }

    /// What each is called in a rule.
    fn called(&self) -> Vec<&str> {
        self.0.iter().map(|category| self.call(category)).collect()
    }

    /// Its name, or that in its address where another has the same.
    fn call<'a>(&self, category: &'a Category) -> &'a str {
        let same = |other: &&Category| other.name.eq_ignore_ascii_case(&category.name);
        match self.0.iter().filter(same).count() {
            1 => &category.name,
            _ => &category.slug,
        }
    }

    fn call_by_id(&self, id: &str) -> Option<String> {
        let category = self.0.iter().find(|category| category.id == id)?;
        Some(self.call(category).to_owned())
    }

    /// By the name in its address, or by its own, if no other has it.
    fn id(&self, called: &str) -> Option<String> {
        let mut by_slug = self.0.iter().filter(|category| category.slug == called);
        let mut by_name = self
            .0
            .iter()
            .filter(|category| category.name.to_lowercase() == called.to_lowercase());
        let found = by_slug
            .next()
            .or_else(|| by_name.next().filter(|_| by_name.next().is_none()));
        found.map(|category| category.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_category_is_called_by_its_name_where_that_is_its_own() {
        let tree = json!([
            { "id": "1", "slug": "lamps", "name": "Lamps", "children": [{ "id": "2", "slug": "spare", "name": "Spare" }] },
            { "id": "3", "slug": "spare-2", "name": "Spare", "children": [] },
        ]);
        let categories = Categories::of(&tree);
        assert_eq!(categories.called(), ["Lamps", "spare", "spare-2"]);
        assert_eq!(categories.id("lamps").as_deref(), Some("1"));
        assert_eq!(categories.id("LAMPS").as_deref(), Some("1"));
        assert_eq!(categories.id("spare").as_deref(), Some("2"));
        assert_eq!(categories.id("Spare"), None, "it may be either");
        assert_eq!(categories.call_by_id("3").as_deref(), Some("spare-2"));
    }
}
