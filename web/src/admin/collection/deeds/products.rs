//! What is in a collection that is made by hand.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminCollectionAdd, AdminCollectionFind, AdminCollectionOrder, AdminCollectionRemove,
        admin_collection_add as add_document, admin_collection_find as find_document,
        admin_collection_order as order_document, admin_collection_remove as remove_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// One that was found and chosen; or by a SKU, or the name in the product's address.
pub async fn add(staff: &Staff, id: String, form: &Form) -> Outcome {
    if let Some(product) = form.some("productId") {
        return put(staff, id, form, product).await;
    }
    let sku = form.text("sku").to_owned();
    let found = staff
        .visit
        .ask(AdminCollectionFind, find_document::Variables { sku })
        .await?;
    let by_sku = found.variant.map(|variant| variant.product.id);
    let Some(product_id) = by_sku.or(found.product.map(|product| product.id)) else {
        return Ok(vec![Refusal::at("NOT_FOUND", "sku")]);
    };
    put(staff, id, form, product_id).await
}

async fn put(staff: &Staff, id: String, form: &Form, product_id: String) -> Outcome {
    let input = add_document::CollectionProductsAddInput {
        expected_version: version(form),
        id,
        product_ids: vec![product_id],
    };
    deed::run(staff, AdminCollectionAdd, add_document::Variables { input }).await
}

pub async fn remove(staff: &Staff, id: String, form: &Form) -> Outcome {
    let input = remove_document::CollectionProductsRemoveInput {
        expected_version: version(form),
        id,
        product_ids: form.all("remove"),
    };
    deed::run(staff, AdminCollectionRemove, remove_document::Variables { input }).await
}

/// `move` is the product's id, and `position` where it goes, counted from 1 as the page does.
pub async fn reorder(staff: &Staff, id: String, form: &Form) -> Outcome {
    let place: i64 = form.text("position").parse().map_err(|_| Problem::BadForm)?;
    let input = order_document::CollectionProductsReorderInput {
        expected_version: version(form),
        id,
        moves: vec![order_document::CollectionProductMove {
            position: place.saturating_sub(1).max(0),
            product_id: form.some("move").ok_or(Problem::BadForm)?,
        }],
    };
    deed::run(staff, AdminCollectionOrder, order_document::Variables { input }).await
}
