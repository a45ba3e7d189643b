//! What is done with a company: a document each.

use crate::{
    admin::{
        customer_group::by_email,
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, nulls, version},
    },
    documents::{
        AdminCompanyBuyerAdd, AdminCompanyBuyerRemove, AdminCompanyDelete, AdminCompanyPlaceAdd,
        AdminCompanyPlaceDelete, AdminCompanyPlaceRestore, AdminCompanyPlaceSave, AdminCompanySave,
        admin_company_buyer_add as buyer_add_document, admin_company_buyer_remove as buyer_remove_document,
        admin_company_delete as delete_document, admin_company_place_add as place_add_document,
        admin_company_place_delete as place_delete_document, admin_company_place_restore as place_restore_document,
        admin_company_place_save as place_save_document, admin_company_save as save_document,
    },
    postal,
    problem::Problem,
    refusals::Refusal,
    visit::{Form, amount},
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "save" => save(staff, id, form).await,
        "delete" => {
            let expected_version = version(form);
            let input = delete_document::CompanyDeleteInput { expected_version, id };
            deed::run(staff, AdminCompanyDelete, delete_document::Variables { input }).await
        }
        "buyer-add" => {
            let Some(customer_id) = by_email(staff, form.text("email")).await? else {
                return Ok(vec![Refusal::at("NOT_FOUND", "email")]);
            };
            let approval_above = form.amount("approvalAbove");
            let input = buyer_add_document::CompanyBuyerAddInput {
                approval_above,
                customer_id,
                id,
                role: form.some("role").map(buyer_add_document::CompanyRole::Other),
            };
            deed::run(staff, AdminCompanyBuyerAdd, buyer_add_document::Variables { input }).await
        }
        "buyer-remove" => {
            let customer_id = form.some("customer").ok_or(Problem::BadForm)?;
            let input = buyer_remove_document::CompanyBuyerRemoveInput { customer_id, id };
            deed::run(
                staff,
                AdminCompanyBuyerRemove,
                buyer_remove_document::Variables { input },
            )
            .await
        }
        "place-add" | "place-save" | "place-delete" | "place-restore" => place(staff, id, deed, form).await,
        _ => Err(Problem::NotFound),
    }
}

async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let payment_terms_days = typed.number("paymentTermsDays");
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let is_typed = postal::is_typed(form);
    let input = save_document::CompanyUpdateInput {
        billing_address: is_typed.then(|| postal::input!(form, save_document)),
        credit_limit: form.some("creditLimit").map(|limit| amount(&limit)),
        email: form.some("email"),
        expected_version: version(form),
        id,
        name: Some(form.text("companyName").to_owned()),
        note: form.some("note"),
        payment_terms_days,
        registration_number: form.some("registrationNumber"),
        vat_number: form.some("vatNumber"),
    };
    let mut nulls = nulls(
        form,
        &["creditLimit", "email", "note", "registrationNumber", "vatNumber"],
    );
    if !is_typed {
        nulls.push("/input/billingAddress".to_owned());
    }
    let variables = save_document::Variables { input };
    let refused = deed::run_with_nulls(staff, AdminCompanySave, variables, &nulls).await?;
    let called = |refusal: Refusal| refusal.called(&["name"], "companyName");
    Ok(refused.into_iter().map(called).collect())
}

/// Where its goods go.
async fn place(staff: &Staff, company_id: String, deed: &str, form: &Form) -> Outcome {
    let id = || form.some("place").ok_or(Problem::BadForm);
    let refused = match deed {
        "place-add" => {
            let input = place_add_document::CompanyLocationCreateInput {
                address: postal::input!(form, place_add_document),
                company_id,
                name: form.text("placeName").to_owned(),
            };
            deed::run(staff, AdminCompanyPlaceAdd, place_add_document::Variables { input }).await?
        }
        "place-save" => {
            let input = place_save_document::CompanyLocationUpdateInput {
                address: Some(postal::input!(form, place_save_document)),
                expected_version: version(form),
                id: id()?,
                name: Some(form.text("placeName").to_owned()),
            };
            deed::run(staff, AdminCompanyPlaceSave, place_save_document::Variables { input }).await?
        }
        "place-delete" => {
            let input = place_delete_document::CompanyLocationDeleteInput {
                expected_version: version(form),
                id: id()?,
            };
            deed::run(
                staff,
                AdminCompanyPlaceDelete,
                place_delete_document::Variables { input },
            )
            .await?
        }
        _ => {
            let id = form.some("id").ok_or(Problem::BadForm)?;
            let input = place_restore_document::CompanyLocationRestoreInput { id };
            let variables = place_restore_document::Variables { input };
            deed::run(staff, AdminCompanyPlaceRestore, variables).await?
        }
    };
    let called = |refusal: Refusal| refusal.called(&["name"], "placeName");
    Ok(refused.into_iter().map(called).collect())
}
