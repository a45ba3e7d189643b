//! What is done with the locations: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        moves::moved,
        staff::Staff,
        typed::{id, nulls, version},
    },
    documents::{
        AdminLocationCreate, AdminLocationDelete, AdminLocationOrder, AdminLocationRestore, AdminLocationSave,
        admin_location_create as create_document, admin_location_delete as delete_document,
        admin_location_order as order_document, admin_location_restore as restore_document,
        admin_location_save as save_document,
    },
    postal,
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "create" => create(staff, form).await,
        "save" => save(staff, form).await,
        "order" => {
            let input = order_document::LocationReorderInput {
                location_ids: moved(form, "location")?,
            };
            deed::run(staff, AdminLocationOrder, order_document::Variables { input }).await
        }
        "delete" => {
            let input = delete_document::LocationDeleteInput {
                expected_version: version(form),
                id: id(form)?,
            };
            deed::run(staff, AdminLocationDelete, delete_document::Variables { input }).await
        }
        "restore" => {
            let input = restore_document::LocationRestoreInput {
                expected_version: None,
                id: id(form)?,
            };
            deed::run(staff, AdminLocationRestore, restore_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn create(staff: &Staff, form: &Form) -> Outcome {
    let input = create_document::LocationCreateInput {
        active: form.some("active").is_some(),
        address: postal::is_typed(form).then(|| postal::input!(form, create_document)),
        name: form.text("locationName").to_owned(),
        opening_hours: form.some("openingHours"),
        pickup: form.some("pickup").is_some(),
        pickup_instructions: form.some("pickupInstructions"),
    };
    let refused = deed::run(staff, AdminLocationCreate, create_document::Variables { input }).await?;
    Ok(refused.into_iter().map(at_field).collect())
}

async fn save(staff: &Staff, form: &Form) -> Outcome {
    let address = postal::is_typed(form).then(|| postal::input!(form, save_document));
    let mut nulls = nulls(form, &["openingHours", "pickupInstructions"]);
    if address.is_none() {
        nulls.push("/input/address".to_owned());
    }
    let input = save_document::LocationUpdateInput {
        active: Some(form.some("active").is_some()),
        address,
        expected_version: version(form),
        id: id(form)?,
        name: Some(form.text("locationName").to_owned()),
        opening_hours: form.some("openingHours"),
        pickup: Some(form.some("pickup").is_some()),
        pickup_instructions: form.some("pickupInstructions"),
    };
    let refused = deed::run_with_nulls(staff, AdminLocationSave, save_document::Variables { input }, &nulls).await?;
    Ok(refused.into_iter().map(at_field).collect())
}

/// The form has the location's name beside that of its address.
fn at_field(refusal: Refusal) -> Refusal {
    refusal.called(&["name"], "locationName")
}
