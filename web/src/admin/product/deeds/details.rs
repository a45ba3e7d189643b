//! What a product says of itself.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{nulls, texts, version},
    },
    documents::{AdminProductDetails, admin_product_details as document, admin_product_details::ProductStatus},
    paragraphs::to_html,
    problem::Problem,
    visit::Form,
};

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 4] = ["vendor", "categoryId", "seoTitle", "seoDescription"];

pub async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let input = document::ProductUpdateInput {
        category_id: form.some("categoryId"),
        description_html: Some(to_html(form.text("descriptionHtml"))),
        expected_version: version(form),
        id,
        seo_description: form.some("seoDescription"),
        seo_title: form.some("seoTitle"),
        slug: form.some("slug"),
        status: Some(status(form.text("status"))?),
        tags: Some(texts(form.text("tags"))),
        title: Some(form.text("title").to_owned()),
        vendor: form.some("vendor"),
    };
    let nulls = nulls(form, &REMOVABLE);
    deed::run_with_nulls(staff, AdminProductDetails, document::Variables { input }, &nulls).await
}

fn status(name: &str) -> Result<ProductStatus, Problem> {
    match name {
        "ACTIVE" => Ok(ProductStatus::Active),
        "DRAFT" => Ok(ProductStatus::Draft),
        "ARCHIVED" => Ok(ProductStatus::Archived),
        _ => Err(Problem::BadForm),
    }
}
