//! A zone's methods: what they cost, for what, and how fast they are.

use crate::{
    admin::{
        deed::{self, Outcome},
        moves::moved,
        staff::Staff,
        typed::{Typed, id, nulls, texts, version},
    },
    documents::{
        AdminMethodCreate, AdminMethodDelete, AdminMethodOrder, AdminMethodRestore, AdminMethodSave,
        admin_method_create as create_document, admin_method_delete as delete_document,
        admin_method_order as order_document, admin_method_restore as restore_document,
        admin_method_save as save_document,
    },
    visit::Form,
};

/// Of which the form has one field for all.
const LISTS: [&str; 4] = ["onlyClasses", "refusedClasses", "valueSteps", "weightSteps"];

/// What may be taken away by leaving its field empty.
const REMOVABLE: [&str; 11] = [
    "carrier",
    "cutoffHour",
    "freeFrom",
    "locationId",
    "taxCategory",
    "transitDaysMax",
    "transitDaysMin",
    "valueMax",
    "valueMin",
    "weightMaxGrams",
    "weightMinGrams",
];

/// Switched off at first, so that nobody is shown what is not complete.
pub async fn create(staff: &Staff, zone: &str, form: &Form) -> Outcome {
    let input = create_document::ShippingMethodCreateInput {
        active: Some(false),
        carrier: None,
        cutoff_hour: None,
        description: None,
        free_from: None,
        handling_days: None,
        kind: form.some("kind").map(create_document::ShippingMethodKind::Other),
        location_id: form.some("locationId"),
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
        zone_id: zone.to_owned(),
    };
    deed::run(staff, AdminMethodCreate, create_document::Variables { input }).await
}

pub async fn save(staff: &Staff, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let input = save_document::ShippingMethodUpdateInput {
        active: Some(form.some("active").is_some()),
        carrier: form.some("carrier"),
        cutoff_hour: typed.number("cutoffHour"),
        description: Some(form.text("description").to_owned()),
        expected_version: version(form),
        free_from: form.amount("freeFrom"),
        handling_days: typed.number("handlingDays"),
        id: id(form)?,
        kind: form.some("kind").map(save_document::ShippingMethodKind::Other),
        location_id: form.some("locationId"),
        name: Some(form.text("name").to_owned()),
        only_classes: Some(texts(form.text("onlyClasses"))),
        price: form.amount("price"),
        refused_classes: Some(texts(form.text("refusedClasses"))),
        tax_category: form.some("taxCategory"),
        transit_days_max: typed.number("transitDaysMax"),
        transit_days_min: typed.number("transitDaysMin"),
        value_max: form.amount("valueMax"),
        value_min: form.amount("valueMin"),
        value_steps: Some(value_steps(&mut typed)),
        weight_max_grams: typed.number("weightMaxGrams"),
        weight_min_grams: typed.number("weightMinGrams"),
        weight_steps: Some(weight_steps(&mut typed)),
    };
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let nulls = nulls(form, &REMOVABLE);
    let refused = deed::run_with_nulls(staff, AdminMethodSave, save_document::Variables { input }, &nulls).await?;
    Ok(refused.into_iter().map(|refusal| refusal.at_list(&LISTS)).collect())
}

fn value_steps(typed: &mut Typed<'_>) -> Vec<save_document::ShippingValueStepInput> {
    let steps = typed.steps("valueSteps").into_iter();
    let steps = steps.map(|(up_to, price)| save_document::ShippingValueStepInput { price, up_to });
    steps.collect()
}

fn weight_steps(typed: &mut Typed<'_>) -> Vec<save_document::ShippingWeightStepInput> {
    let mut steps = Vec::new();
    for (bound, price) in typed.steps("weightSteps") {
        let up_to_grams = bound.and_then(|bound| typed.whole("weightSteps", &bound));
        steps.push(save_document::ShippingWeightStepInput { price, up_to_grams });
    }
    steps
}

pub async fn delete(staff: &Staff, form: &Form) -> Outcome {
    let input = delete_document::ShippingMethodDeleteInput {
        expected_version: version(form),
        id: id(form)?,
    };
    deed::run(staff, AdminMethodDelete, delete_document::Variables { input }).await
}

pub async fn restore(staff: &Staff, form: &Form) -> Outcome {
    let input = restore_document::ShippingMethodRestoreInput { id: id(form)? };
    deed::run(staff, AdminMethodRestore, restore_document::Variables { input }).await
}

pub async fn order(staff: &Staff, zone: &str, form: &Form) -> Outcome {
    let input = order_document::ShippingMethodReorderInput {
        method_ids: moved(form, "method")?,
        zone_id: zone.to_owned(),
    };
    deed::run(staff, AdminMethodOrder, order_document::Variables { input }).await
}
