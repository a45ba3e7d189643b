//! What is done with the tree: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        moves::moved,
        staff::Staff,
        typed::{id, version},
    },
    documents::{
        AdminCategoryCreate, AdminCategoryDelete, AdminCategoryMove, AdminCategoryOrder, AdminCategoryRestore,
        AdminCategorySave, admin_category_create as create_document, admin_category_delete as delete_document,
        admin_category_move as move_document, admin_category_order as order_document,
        admin_category_restore as restore_document, admin_category_save as save_document,
    },
    problem::Problem,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "create" => create(staff, form).await,
        "save" => save(staff, form).await,
        "move" => move_below(staff, form).await,
        "order" => order(staff, form).await,
        "delete" => delete(staff, form).await,
        "restore" => restore(staff, form).await,
        _ => Err(Problem::NotFound),
    }
}

async fn create(staff: &Staff, form: &Form) -> Outcome {
    let input = create_document::CategoryCreateInput {
        description: None,
        name: form.text("name").to_owned(),
        parent_id: form.some("parentId"),
        picture: None,
        position: None,
        seo_description: None,
        seo_title: None,
        slug: None,
    };
    deed::run(staff, AdminCategoryCreate, create_document::Variables { input }).await
}

async fn save(staff: &Staff, form: &Form) -> Outcome {
    let input = save_document::CategoryUpdateInput {
        description: Some(form.text("description").to_owned()),
        expected_version: version(form),
        id: id(form)?,
        name: Some(form.text("name").to_owned()),
        picture: None,
        seo_description: None,
        seo_title: None,
        slug: form.some("slug"),
    };
    deed::run(staff, AdminCategorySave, save_document::Variables { input }).await
}

/// Beneath none it is a root.
async fn move_below(staff: &Staff, form: &Form) -> Outcome {
    let input = move_document::CategoryMoveInput {
        expected_version: version(form),
        id: id(form)?,
        parent_id: form.some("parentId"),
        position: None,
    };
    let is_root = form.text("parentId").is_empty();
    let nulls: Vec<_> = is_root.then(|| "/input/parentId".to_owned()).into_iter().collect();
    deed::run_with_nulls(staff, AdminCategoryMove, move_document::Variables { input }, &nulls).await
}

async fn order(staff: &Staff, form: &Form) -> Outcome {
    let input = order_document::CategoryReorderInput {
        category_ids: moved(form, "sibling")?,
        parent_id: form.some("parentId"),
    };
    deed::run(staff, AdminCategoryOrder, order_document::Variables { input }).await
}

/// Its branches go to its parent, and so do its products.
async fn delete(staff: &Staff, form: &Form) -> Outcome {
    let input = delete_document::CategoryDeleteInput {
        branches: delete_document::CategoryBranches::MoveToParent,
        expected_version: version(form),
        id: id(form)?,
        move_products_to: form.some("parentId"),
    };
    deed::run(staff, AdminCategoryDelete, delete_document::Variables { input }).await
}

async fn restore(staff: &Staff, form: &Form) -> Outcome {
    let input = restore_document::CategoryRestoreInput {
        id: id(form)?,
        slug: None,
    };
    deed::run(staff, AdminCategoryRestore, restore_document::Variables { input }).await
}
