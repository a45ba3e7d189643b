//! A product's pictures: what they show, their order, and those that go.

use crate::{
    admin::{
        deed::{self, Outcome},
        moves::moved,
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminPicturesOrder, AdminPicturesRemove, AdminPicturesText, admin_pictures_order as order_document,
        admin_pictures_remove as remove_document, admin_pictures_text as text_document,
    },
    visit::Form,
};

/// All of them at once: a field for each, called by its id.
pub async fn describe(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let pictures: Vec<_> = form
        .all("picture")
        .into_iter()
        .map(|id| text_document::ProductPictureUpdateInput {
            alt_text: Some(form.text(&format!("{id}.altText")).to_owned()),
            id,
            variant_ids: None,
        })
        .collect();
    let input = text_document::ProductPicturesUpdateInput {
        expected_version: version(form),
        pictures,
        product_id,
    };
    deed::run(staff, AdminPicturesText, text_document::Variables { input }).await
}

pub async fn reorder(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let input = order_document::ProductPicturesReorderInput {
        expected_version: version(form),
        picture_ids: moved(form, "picture")?,
        product_id,
    };
    deed::run(staff, AdminPicturesOrder, order_document::Variables { input }).await
}

pub async fn remove(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let input = remove_document::ProductPicturesRemoveInput {
        expected_version: version(form),
        picture_ids: form.all("remove"),
        product_id,
    };
    deed::run(staff, AdminPicturesRemove, remove_document::Variables { input }).await
}
