//! `/admin/collections/{id}`: the editor of a collection.

mod deeds;
mod rule;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::{
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminCollection, admin_collection as document},
    problem::Problem,
    shown::value,
};

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
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
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
    let slugs = slugs(&data.categories);
    let slug = |id: &str| {
        slugs
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, slug)| slug.clone())
    };
    let shown = context! {
        collection => value(collection),
        rows => value(&rule::rows(&collection.rule, slug)),
        kinds => value(&rule::KINDS),
        categories => value(&slugs.iter().map(|(_, slug)| slug).collect::<Vec<_>>()),
        is_first,
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/collection/page.html", shown)
}

/// Of a tree of categories the ids and the names in addresses.
fn slugs(tree: &impl Serialize) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut below = vec![serde_json::to_value(tree).unwrap_or_default()];
    while let Some(branch) = below.pop() {
        if let (Some(id), Some(slug)) = (branch["id"].as_str(), branch["slug"].as_str()) {
            found.push((id.to_owned(), slug.to_owned()));
        }
        let children = branch["children"].as_array().or(branch.as_array());
        below.extend(children.into_iter().flatten().cloned());
    }
    found.sort_by(|one, other| one.1.cmp(&other.1));
    found
}
