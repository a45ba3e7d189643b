//! What is done with codes: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, id as thing},
    },
    documents::{
        AdminDiscountCodeActivate, AdminDiscountCodeDeactivate, AdminDiscountCodesGenerate, AdminDiscountCodesStop,
        AdminExportStart, admin_discount_code_activate as activate_document,
        admin_discount_code_deactivate as deactivate_document, admin_discount_codes_generate as generate_document,
        admin_discount_codes_stop as stop_document, admin_export_start as export_document,
    },
    problem::Problem,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, discount: &str, deed: &str, form: &Form) -> Outcome {
    match deed {
        "generate" => generate(staff, discount, form).await,
        "stop" => {
            let input = stop_document::DiscountCodesGenerateCancelInput { id: thing(form)? };
            deed::run(staff, AdminDiscountCodesStop, stop_document::Variables { input }).await
        }
        "activate" => {
            let input = activate_document::DiscountCodeSwitchInput { id: thing(form)? };
            deed::run(staff, AdminDiscountCodeActivate, activate_document::Variables { input }).await
        }
        "deactivate" => {
            let input = deactivate_document::DiscountCodeSwitchInput { id: thing(form)? };
            let variables = deactivate_document::Variables { input };
            deed::run(staff, AdminDiscountCodeDeactivate, variables).await
        }
        "export" => {
            let input = export_document::ExportStartInput {
                discount_id: Some(discount.to_owned()),
                kind: export_document::ExportKind::DiscountCodes,
            };
            deed::run(staff, AdminExportStart, export_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn generate(staff: &Staff, discount: &str, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let (quantity, length) = (typed.number("quantity"), typed.number("length"));
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let input = generate_document::DiscountCodesGenerateInput {
        discount_id: discount.to_owned(),
        length,
        prefix: form.some("prefix"),
        quantity: quantity.unwrap_or_default(),
    };
    deed::run(
        staff,
        AdminDiscountCodesGenerate,
        generate_document::Variables { input },
    )
    .await
}
