//! What is done with the rates: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, id, nulls, version},
    },
    documents::{
        AdminTaxConfirm, AdminTaxCreate, AdminTaxDelete, AdminTaxRestore, AdminTaxSave,
        admin_tax_confirm as confirm_document, admin_tax_create as create_document,
        admin_tax_delete as delete_document, admin_tax_restore as restore_document, admin_tax_save as save_document,
    },
    problem::Problem,
    visit::Form,
};

/// As many as a page has.
const RATES_MAX: usize = 100;

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "create" => create(staff, form).await,
        "save" => save(staff, form).await,
        "confirm" => {
            let input = confirm_document::TaxRateConfirmInput {
                expected_version: version(form),
                id: id(form)?,
            };
            deed::run(staff, AdminTaxConfirm, confirm_document::Variables { input }).await
        }
        "confirm-all" => confirm_all(staff, form).await,
        "delete" => {
            let input = delete_document::TaxRateDeleteInput {
                expected_version: version(form),
                id: id(form)?,
            };
            deed::run(staff, AdminTaxDelete, delete_document::Variables { input }).await
        }
        "restore" => {
            let input = restore_document::TaxRateRestoreInput { id: id(form)? };
            deed::run(staff, AdminTaxRestore, restore_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// Those that a page has shown, as they were shown.
async fn confirm_all(staff: &Staff, form: &Form) -> Outcome {
    for id in form.all("rate").into_iter().take(RATES_MAX) {
        let input = confirm_document::TaxRateConfirmInput {
            expected_version: form.text(&format!("{id}.version")).parse().ok(),
            id,
        };
        let refused = deed::run(staff, AdminTaxConfirm, confirm_document::Variables { input }).await?;
        if !refused.is_empty() {
            return Ok(refused);
        }
    }
    Ok(Vec::new())
}

async fn create(staff: &Staff, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let Some(basis_points) = typed.rate("basisPoints") else {
        return Ok(typed.wrong());
    };
    let input = create_document::TaxRateCreateInput {
        basis_points,
        country_code: form.text("countryCode").to_uppercase(),
        name: form.text("name").to_owned(),
        on_top: form.some("onTop").is_some(),
        region: region(form),
        tax_category: form.some("taxCategory"),
    };
    deed::run(staff, AdminTaxCreate, create_document::Variables { input }).await
}

async fn save(staff: &Staff, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let Some(basis_points) = typed.rate("basisPoints") else {
        return Ok(typed.wrong());
    };
    let input = save_document::TaxRateUpdateInput {
        basis_points: Some(basis_points),
        confirmed: Some(form.some("confirmed").is_some()),
        country_code: Some(form.text("countryCode").to_uppercase()),
        expected_version: version(form),
        id: id(form)?,
        name: Some(form.text("name").to_owned()),
        on_top: Some(form.some("onTop").is_some()),
        region: region(form),
        tax_category: form.some("taxCategory"),
    };
    let nulls = nulls(form, &["region", "taxCategory"]);
    deed::run_with_nulls(staff, AdminTaxSave, save_document::Variables { input }, &nulls).await
}

fn region(form: &Form) -> Option<String> {
    form.some("region").map(|region| region.to_uppercase())
}
