//! What is in a collection that is made by hand.

use crate::{
    admin::{
        collection::GOODS,
        deed::{self, Outcome},
        goods::chosen,
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminCollectionAdd, AdminCollectionOrder, AdminCollectionRemove, admin_collection_add as add_document,
        admin_collection_order as order_document, admin_collection_remove as remove_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// All that were chosen.
pub async fn add(staff: &Staff, id: String, form: &Form) -> Outcome {
    let product_ids: Vec<_> = match chosen(staff, form, GOODS).await? {
        Ok(chosen) => chosen.into_iter().map(|chosen| chosen.id).collect(),
        Err(refusal) => return Ok(vec![refusal]),
    };
    if product_ids.is_empty() {
        return Ok(vec![Refusal::at("NOT_FOUND", GOODS.name)]);
    }
    let input = add_document::CollectionProductsAddInput {
        expected_version: version(form),
        id,
        product_ids,
    };
    let refused = deed::run(staff, AdminCollectionAdd, add_document::Variables { input }).await?;
    Ok(refused
        .into_iter()
        .map(|refusal| refusal.called(&["productIds"], GOODS.name))
        .collect())
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
