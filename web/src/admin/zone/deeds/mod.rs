//! What is done with a zone: a document each.

mod methods;

use crate::{
    admin::{
        countries,
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, version, words},
    },
    documents::{
        AdminZoneDelete, AdminZoneSave, admin_zone_delete as delete_document, admin_zone_save as save_document,
    },
    problem::Problem,
    visit::Form,
};

/// Of which the form has one field for all.
const LISTS: [&str; 3] = ["countries", "regions", "postalCodes"];

/// By the name that stands in the address.
pub async fn run(staff: &Staff, zone: &str, deed: &str, form: &Form) -> Outcome {
    match deed {
        "save" => save(staff, zone, form).await,
        "delete" => delete(staff, zone, form).await,
        "method-create" => methods::create(staff, zone, form).await,
        "method-save" => methods::save(staff, form).await,
        "method-delete" => methods::delete(staff, form).await,
        "method-restore" => methods::restore(staff, form).await,
        "method-order" => methods::order(staff, zone, form).await,
        _ => Err(Problem::NotFound),
    }
}

async fn save(staff: &Staff, zone: &str, form: &Form) -> Outcome {
    let lines = Typed::of(form).lines("postalCodes");
    let postal_codes = lines.into_iter().filter_map(|line| {
        let (country_code, codes) = line.split_first()?;
        Some(save_document::ShippingZonePostalCodesInput {
            codes: codes.to_vec(),
            country_code: country_code.to_uppercase(),
        })
    });
    let capitals = |name: &str| words(&form.text(name).to_uppercase());
    let input = save_document::ShippingZoneUpdateInput {
        countries: Some(countries::read(staff, form).await?),
        expected_version: version(form),
        id: zone.to_owned(),
        name: Some(form.text("name").to_owned()),
        postal_codes: Some(postal_codes.collect()),
        regions: Some(capitals("regions")),
    };
    let refused = deed::run(staff, AdminZoneSave, save_document::Variables { input }).await?;
    Ok(refused.into_iter().map(|refusal| refusal.at_list(&LISTS)).collect())
}

async fn delete(staff: &Staff, zone: &str, form: &Form) -> Outcome {
    let input = delete_document::ShippingZoneDeleteInput {
        expected_version: version(form),
        id: zone.to_owned(),
    };
    deed::run(staff, AdminZoneDelete, delete_document::Variables { input }).await
}
