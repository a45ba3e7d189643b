//! What is done in the list of zones: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        moves::moved,
        staff::Staff,
        typed::{id, nulls, version},
    },
    documents::{
        AdminMethodPrice, AdminZoneOrder, AdminZoneRestore, admin_method_price as price_document,
        admin_zone_order as order_document, admin_zone_restore as restore_document,
    },
    problem::Problem,
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "price" => price(staff, form).await,
        "order" => {
            let input = order_document::ShippingZoneReorderInput {
                zone_ids: moved(form, "zone")?,
            };
            deed::run(staff, AdminZoneOrder, order_document::Variables { input }).await
        }
        "restore" => {
            let input = restore_document::ShippingZoneRestoreInput { id: id(form)? };
            deed::run(staff, AdminZoneRestore, restore_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// What a method costs, from which subtotal on it costs nothing, and whether it is offered.
async fn price(staff: &Staff, form: &Form) -> Outcome {
    let input = price_document::ShippingMethodUpdateInput {
        active: Some(form.some("active").is_some()),
        carrier: None,
        cutoff_hour: None,
        description: None,
        expected_version: version(form),
        free_from: form.amount("freeFrom"),
        handling_days: None,
        id: id(form)?,
        kind: None,
        location_id: None,
        name: None,
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
    let nulls = nulls(form, &["freeFrom"]);
    deed::run_with_nulls(staff, AdminMethodPrice, price_document::Variables { input }, &nulls).await
}
