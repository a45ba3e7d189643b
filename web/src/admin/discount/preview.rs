//! A discount tried on a cart that exists nowhere.

use serde::Serialize;

use super::input::variant;
use crate::{
    admin::{staff::Staff, written::lines},
    documents::{AdminDiscountPreview, admin_discount_preview as document},
    problem::Problem,
};

/// What came of it.
#[derive(Serialize)]
pub struct Tried {
    preview: Option<document::AdminDiscountPreviewDiscountPreview>,
    /// What could not be tried, in words.
    wrong: Option<String>,
}

/// On SKUs and numbers, a line each.
///
/// # Errors
/// Where there is no answer to it.
pub async fn preview(
    staff: &Staff,
    discount_id: String,
    typed: &str,
    country_code: Option<String>,
) -> Result<Tried, Problem> {
    let wrong = |message: String| Tried {
        preview: None,
        wrong: Some(message),
    };
    let Some(read) = lines(typed) else {
        return Ok(wrong(staff.visit.say("admin.error.field.lines")));
    };
    let mut lines = Vec::new();
    for (sku, quantity) in read {
        match variant(staff, &sku).await? {
            Some(variant_id) => lines.push(document::CartLineInput {
                attributes: None,
                quantity,
                variant_id,
            }),
            None => return Ok(wrong(staff.visit.say("admin.discount.unknown").replace("{name}", &sku))),
        }
    }
    let input = document::DiscountPreviewInput {
        country_code,
        currency_code: None,
        customer_id: None,
        discount: None,
        discount_id: Some(discount_id),
        lines,
        shipping_method_id: None,
    };
    let data = staff
        .visit
        .ask(AdminDiscountPreview, document::Variables { input })
        .await?;
    Ok(Tried {
        preview: data.discount_preview,
        wrong: None,
    })
}
