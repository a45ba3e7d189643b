//! A price or a status that is changed in its row.

use axum::extract::Path;

use super::{ASKED, list};
use crate::{
    admin::{
        asked::Asked,
        deed::{self, Outcome, Refused},
        staff::{Permission, Sent, Staff},
        typed::version,
    },
    answer::Answer,
    documents::{
        AdminPriceChange, AdminStatusChange, admin_price_change as price_document,
        admin_status_change as status_document, admin_status_change::ProductStatus,
    },
    problem::Problem,
    visit::{Form, amount},
};

const STATUSES: [(&str, ProductStatus); 3] = [
    ("ACTIVE", ProductStatus::Active),
    ("DRAFT", ProductStatus::Draft),
    ("ARCHIVED", ProductStatus::Archived),
];

/// `POST /admin/products/{id}/row/{what}`: back to the same list, at the same place.
pub async fn change(Path((id, what)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Catalog)?;
    let refusals = match what.as_str() {
        "price" => price(&staff, id.clone(), &form).await?,
        "status" => status(&staff, id.clone(), &form).await?,
        _ => return Err(Problem::NotFound),
    };
    let query = form.text("list").to_owned();
    if refusals.is_empty() {
        let joint = if query.is_empty() { "" } else { "&" };
        return Ok(staff
            .visit
            .go(&format!("/admin/products?{query}{joint}done={what}#{id}")));
    }
    let refused = Refused::of(&staff, &format!("{what}-{id}"), &form, &refusals);
    let asked = Asked::of("/admin/products", &query, &ASKED);
    list(staff, &asked, "", Some(refused)).await
}

async fn price(staff: &Staff, product_id: String, form: &Form) -> Outcome {
    let input = price_document::VariantsUpdateInput {
        expected_version: version(form),
        product_id,
        variants: vec![price_document::VariantUpdateInput {
            active: None,
            barcode: None,
            compare_at: None,
            gift_card: None,
            gift_card_amounts: None,
            id: form.some("variant").ok_or(Problem::BadForm)?,
            low_stock_threshold: None,
            options: None,
            price: Some(amount(form.text("price"))),
            requires_shipping: None,
            shipping_class: None,
            sku: None,
            tax_category: None,
            unit_price_measurement: None,
            weight_grams: None,
        }],
    };
    deed::run(staff, AdminPriceChange, price_document::Variables { input }).await
}

async fn status(staff: &Staff, id: String, form: &Form) -> Outcome {
    let chosen = form.text("status");
    let found = STATUSES
        .iter()
        .find(|(name, _)| *name == chosen)
        .map(|(_, status)| status.clone());
    let input = status_document::ProductUpdateInput {
        category_id: None,
        description_html: None,
        expected_version: version(form),
        id,
        seo_description: None,
        seo_title: None,
        slug: None,
        status: Some(found.ok_or(Problem::BadForm)?),
        tags: None,
        title: None,
        vendor: None,
    };
    deed::run(staff, AdminStatusChange, status_document::Variables { input }).await
}
