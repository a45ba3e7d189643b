//! What is done with the settings: a document each.

use crate::{
    admin::{deed, staff::Staff},
    documents::{
        AdminMethodChange, AdminShopSave, AdminTaxConfirm, admin_method_change as method_document,
        admin_shop_save as save_document, admin_tax_confirm as confirm_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// What was refused, if anything was.
type Outcome = Result<Vec<Refusal>, Problem>;

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 2] = ["contactEmail", "vatNumber"];

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "shop" => shop(staff, form).await,
        "method" => method(staff, form).await,
        "tax-confirm" => confirm_tax(staff, form).await,
        _ => Err(Problem::NotFound),
    }
}

async fn shop(staff: &Staff, form: &Form) -> Outcome {
    let locales = form.text("locales").split(',').map(str::trim);
    let locales = locales.filter(|locale| !locale.is_empty()).map(str::to_owned);
    let input = save_document::ShopUpdateInput {
        address: None,
        closed_on: None,
        contact_email: form.some("contactEmail"),
        country_code: None,
        currency_code: None,
        expected_version: version(form),
        locales: Some(locales.collect()),
        name: Some(form.text("name").to_owned()),
        prices_include_tax: None,
        shipping_tax: None,
        tax_abroad: None,
        time_zone: form.some("timeZone"),
        vat_number: form.some("vatNumber"),
        working_days: None,
    };
    let nulls = REMOVABLE.iter().filter(|name| form.text(name).is_empty());
    let nulls: Vec<_> = nulls.map(|name| format!("/input/{name}")).collect();
    deed::run_with_nulls(staff, AdminShopSave, save_document::Variables { input }, &nulls).await
}

/// What a way of shipping costs, from which subtotal on it costs nothing, and whether it is offered.
async fn method(staff: &Staff, form: &Form) -> Outcome {
    let input = method_document::ShippingMethodUpdateInput {
        active: Some(form.some("active").is_some()),
        carrier: None,
        cutoff_hour: None,
        description: None,
        expected_version: version(form),
        free_from: form.amount("freeFrom"),
        handling_days: None,
        id: form.some("id").ok_or(Problem::BadForm)?,
        kind: None,
        location_id: None,
        name: form.some("name"),
        only_classes: None,
        price: form.amount("price"),
        refused_classes: None,
        tax_category: None,
        transit_days_max: None,
        transit_days_min: None,
        value_max: None,
        value_min: None,
        value_steps: None,
        weight_max_grams: None,
        weight_min_grams: None,
        weight_steps: None,
    };
    let is_never_free = form.text("freeFrom").is_empty();
    let nulls: Vec<_> = is_never_free
        .then(|| "/input/freeFrom".to_owned())
        .into_iter()
        .collect();
    deed::run_with_nulls(staff, AdminMethodChange, method_document::Variables { input }, &nulls).await
}

async fn confirm_tax(staff: &Staff, form: &Form) -> Outcome {
    let input = confirm_document::TaxRateConfirmInput {
        expected_version: version(form),
        id: form.some("id").ok_or(Problem::BadForm)?,
    };
    deed::run(staff, AdminTaxConfirm, confirm_document::Variables { input }).await
}

/// The one that the form was shown with.
fn version(form: &Form) -> Option<i64> {
    form.text("expectedVersion").parse().ok()
}
