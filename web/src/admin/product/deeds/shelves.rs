//! Where a product stands: its attributes, and the collections that are made by hand.

use crate::{
    admin::{
        attributes,
        deed::{self, Outcome},
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminCollectionAdd, AdminCollectionRemove, AdminProductAttributes, admin_collection_add as add_document,
        admin_collection_remove as remove_document, admin_product_attributes as document,
    },
    visit::Form,
};

pub async fn set_attributes(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let values = attributes::read(form)
        .into_iter()
        .map(|values| document::AttributeValuesInput {
            key: values.key,
            name: values.name,
            values: Some(values.values),
        });
    let input = document::ProductAttributesSetInput {
        attributes: values.collect(),
        expected_version: version(form),
        product_id,
    };
    let refused = deed::run(staff, AdminProductAttributes, document::Variables { input }).await?;
    Ok(attributes::at_fields(form, refused))
}

/// Into those that are ticked and were not, and out of those that were ticked and are not: what others have changed
/// meanwhile stays.
pub async fn choose_collections(staff: &Staff, product: String, form: &Form) -> Outcome {
    let (now, was) = (form.all("collection"), form.all("was"));
    for id in now.iter().filter(|id| !was.contains(id)) {
        let input = add_document::CollectionProductsAddInput {
            expected_version: None,
            id: id.clone(),
            product_ids: vec![product.clone()],
        };
        let refused = deed::run(staff, AdminCollectionAdd, add_document::Variables { input }).await?;
        if !refused.is_empty() {
            return Ok(refused);
        }
    }
    for id in was.iter().filter(|id| !now.contains(id)) {
        let input = remove_document::CollectionProductsRemoveInput {
            expected_version: None,
            id: id.clone(),
            product_ids: vec![product.clone()],
        };
        let refused = deed::run(staff, AdminCollectionRemove, remove_document::Variables { input }).await?;
        if !refused.is_empty() {
            return Ok(refused);
        }
    }
    Ok(Vec::new())
}
