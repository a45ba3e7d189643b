//! `/admin/products/new`: a draft with a name; the editor has the rest.

use minijinja::context;

use crate::{
    admin::{
        deed::{self, Refused},
        staff::{Permission, Sent, Staff},
    },
    answer::Answer,
    documents::{AdminProductCreate, admin_product_create as document},
    problem::Problem,
    refusals::refusals,
    shown::value,
};

pub async fn show(staff: Staff) -> Answer {
    form(staff, None)
}

/// `POST /admin/products/new`. Nobody but staff sees it before it is switched on.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form: typed } = sent;
    staff.require(Permission::Catalog)?;
    let variant = document::VariantCreateInput {
        active: true,
        barcode: None,
        compare_at: None,
        gift_card: None,
        gift_card_amounts: None,
        low_stock_threshold: None,
        on_hand: typed.text("onHand").parse().ok(),
        options: None,
        price: typed.amount("price"),
        requires_shipping: true,
        shipping_class: None,
        sku: typed.some("sku"),
        tax_category: None,
        unit_price_measurement: None,
        weight_grams: None,
    };
    let input = document::ProductCreateInput {
        attributes: None,
        category_id: None,
        description_html: None,
        options: None,
        seo_description: None,
        seo_title: None,
        slug: None,
        status: Some(document::ProductStatus::Draft),
        tags: None,
        title: typed.text("title").to_owned(),
        variants: Some(vec![variant]),
        vendor: None,
    };
    let data = staff
        .visit
        .ask(AdminProductCreate, document::Variables { input })
        .await?;
    let answered = data.product_create.ok_or(Problem::Broken)?;
    match answered.product {
        Some(product) => Ok(staff.visit.go(&format!("/admin/products/{}", product.id))),
        None => {
            let refused = Refused::of(&staff, "new", &typed, &refusals(&answered.user_errors));
            form(staff, Some(refused))
        }
    }
}

fn form(staff: Staff, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Catalog)?;
    let status = deed::status(refused.as_ref());
    staff.show_as(
        status,
        "admin/products/new.html",
        context! { refused => value(&refused) },
    )
}
