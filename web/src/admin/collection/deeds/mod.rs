//! What is done with a collection: a document each.

mod products;
mod rule;

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{nulls, version},
    },
    documents::{
        AdminCollectionDelete, AdminCollectionRestore, AdminCollectionSave, admin_collection_delete as delete_document,
        admin_collection_restore as restore_document, admin_collection_save as save_document,
    },
    problem::Problem,
    visit::Form,
};

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 2] = ["seoTitle", "seoDescription"];

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "save" => save(staff, id, form).await,
        "rule" => rule::save(staff, id, form).await,
        "delete" => delete(staff, id, form).await,
        "restore" => restore(staff, id).await,
        "add" => products::add(staff, id, form).await,
        "remove" => products::remove(staff, id, form).await,
        "order" => products::reorder(staff, id, form).await,
        _ => Err(Problem::NotFound),
    }
}

async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let input = save_document::CollectionUpdateInput {
        description: Some(form.text("description").to_owned()),
        expected_version: version(form),
        id,
        picture: None,
        position: None,
        published: Some(form.some("published").is_some()),
        rule: None,
        seo_description: form.some("seoDescription"),
        seo_title: form.some("seoTitle"),
        slug: form.some("slug"),
        title: Some(form.text("title").to_owned()),
    };
    let nulls = nulls(form, &REMOVABLE);
    deed::run_with_nulls(staff, AdminCollectionSave, save_document::Variables { input }, &nulls).await
}

async fn delete(staff: &Staff, id: String, form: &Form) -> Outcome {
    let input = delete_document::CollectionDeleteInput {
        expected_version: version(form),
        id,
    };
    deed::run(staff, AdminCollectionDelete, delete_document::Variables { input }).await
}

async fn restore(staff: &Staff, id: String) -> Outcome {
    let input = restore_document::CollectionRestoreInput { id, slug: None };
    deed::run(staff, AdminCollectionRestore, restore_document::Variables { input }).await
}
