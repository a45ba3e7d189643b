//! A discount tried on a cart that exists nowhere.

use serde::Serialize;

use crate::{
    admin::{
        deed::Refused,
        goods::{self, Picker, chosen},
        staff::Staff,
    },
    documents::{AdminDiscountPreview, admin_discount_preview as document},
    problem::Problem,
    visit::Form,
};

const GOODS: Picker = Picker::variants("try");

/// What came of it.
#[derive(Serialize)]
pub struct Tried {
    preview: Option<document::AdminDiscountPreviewDiscountPreview>,
    /// What could not be tried, in words.
    wrong: Option<String>,
    /// The form, as it was sent.
    form: Refused,
}

/// On the variants and numbers that stand in the address, where any do.
///
/// # Errors
/// Where there is no answer to it.
pub async fn preview(staff: &Staff, discount_id: String) -> Result<Option<Tried>, Problem> {
    let form = Form::from(staff.visit.uri.query().unwrap_or_default());
    let sent = goods::read(staff, "try", &form, &[GOODS]).await?;
    if sent.goods.is_empty() {
        return Ok(None);
    }
    let mut tried = Tried {
        preview: None,
        wrong: None,
        form: sent,
    };
    if tried.form.is_search {
        return Ok(Some(tried));
    }
    let lines = match lines(staff, &form).await? {
        Ok(lines) => lines,
        Err(wrong) => {
            tried.wrong = Some(wrong);
            return Ok(Some(tried));
        }
    };
    let input = document::DiscountPreviewInput {
        country_code: form.some("country"),
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
    tried.preview = data.discount_preview;
    Ok(Some(tried))
}

/// What is bought; or what is wrong with it, in words.
async fn lines(staff: &Staff, form: &Form) -> Result<Result<Vec<document::CartLineInput>, String>, Problem> {
    let chosen = match chosen(staff, form, GOODS).await? {
        Ok(chosen) => chosen,
        Err(unknown) => return Ok(Err(unknown.message().to_owned())),
    };
    let lines = chosen.into_iter().map(|chosen| {
        Some(document::CartLineInput {
            attributes: None,
            quantity: chosen.quantity().filter(|quantity| *quantity > 0)?,
            variant_id: chosen.id,
        })
    });
    let read: Option<Vec<_>> = lines.collect();
    let read = read.filter(|lines| !lines.is_empty());
    Ok(read.ok_or_else(|| staff.visit.say("admin.error.field.lines")))
}
