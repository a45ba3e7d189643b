//! What is done with a discount: a document each.

use super::{
    draft::Draft,
    input::{found, input_of},
};
use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{texts, version},
    },
    documents::{
        AdminDiscountActivate, AdminDiscountCodesAdd, AdminDiscountDeactivate, AdminDiscountDelete, AdminDiscountNew,
        AdminDiscountRestore, AdminDiscountSave, admin_discount_activate as activate_document,
        admin_discount_codes_add as codes_document, admin_discount_deactivate as deactivate_document,
        admin_discount_delete as delete_document, admin_discount_new as new_document,
        admin_discount_restore as restore_document, admin_discount_save as save_document,
    },
    problem::Problem,
    visit::Form,
};

input_of!(saved_input, save_document);

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let (id, expected_version) = (id.to_owned(), version(form));
    match deed {
        "save" => save(staff, id, form).await,
        "codes" => {
            let codes = texts(form.text("codes"));
            let input = codes_document::DiscountCodesAddInput { codes, id };
            deed::run(staff, AdminDiscountCodesAdd, codes_document::Variables { input }).await
        }
        "activate" => {
            let input = activate_document::DiscountActivateInput { expected_version, id };
            deed::run(staff, AdminDiscountActivate, activate_document::Variables { input }).await
        }
        "deactivate" => {
            let input = deactivate_document::DiscountDeactivateInput { expected_version, id };
            deed::run(staff, AdminDiscountDeactivate, deactivate_document::Variables { input }).await
        }
        "delete" => {
            let input = delete_document::DiscountDeleteInput { expected_version, id };
            deed::run(staff, AdminDiscountDelete, delete_document::Variables { input }).await
        }
        "restore" => {
            let input = restore_document::DiscountRestoreInput { id };
            deed::run(staff, AdminDiscountRestore, restore_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let shop = staff
        .visit
        .ask(AdminDiscountNew, new_document::Variables {})
        .await?
        .shop;
    let draft = match Draft::read(form, &shop.currency_code, staff.zone()) {
        Ok(draft) => draft,
        Err(wrong) => return Ok(wrong),
    };
    let goods = match found(staff, &draft).await? {
        Ok(goods) => goods,
        Err(wrong) => return Ok(wrong),
    };
    let input = save_document::DiscountUpdateInput {
        discount: saved_input(draft, goods),
        expected_version: version(form),
        id,
    };
    deed::run(staff, AdminDiscountSave, save_document::Variables { input }).await
}
