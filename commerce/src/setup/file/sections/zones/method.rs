//! A way to send goods, as it stands in the file.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use vitrine_entity::{
    ids::LocationId,
    shipping_method::{self, MethodKind, Step},
};

use crate::{
    ErrorCode, Refusal, Result,
    delivery::{draft::MethodDraft, methods::MethodChange},
    language::messages,
    money::{Currency, Money},
    setup::file::sections::{
        amount,
        defaults::{is_yes, yes},
    },
};

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct MethodEntry {
    pub(super) name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    /// By its name: where goods are picked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pickup_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    carrier: Option<String>,
    price: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    free_from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value_min: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value_max: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight_min_grams: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight_max_grams: Option<i64>,
    #[serde(default, skip_serializing_if = "is_none")]
    handling_days: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    transit_days_min: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    transit_days_max: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cutoff_hour: Option<i32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    refused_classes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    only_classes: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tax_category: Option<String>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    active: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    weight_steps: Vec<WeightStep>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    value_steps: Vec<ValueStep>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeightStep {
    /// Everything beyond the step before where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_to_grams: Option<i64>,
    price: String,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueStep {
    /// Everything beyond the step before where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    up_to: Option<String>,
    price: String,
}

fn is_none(days: &i32) -> bool {
    *days == 0
}

pub(super) fn entry_of(row: shipping_method::Model, locations: &HashMap<LocationId, String>) -> MethodEntry {
    let currency = row.currency;
    let amount = |minor: i64| Money::new(minor, currency).decimal();
    MethodEntry {
        name: row.name,
        description: row.description,
        pickup_at: row.location_id.and_then(|id| locations.get(&id).cloned()),
        carrier: row.carrier,
        price: amount(row.amount_minor),
        free_from: row.free_from_minor.map(amount),
        value_min: row.value_min_minor.map(amount),
        value_max: row.value_max_minor.map(amount),
        weight_min_grams: row.weight_min_grams,
        weight_max_grams: row.weight_max_grams,
        handling_days: row.handling_days,
        transit_days_min: row.transit_days_min,
        transit_days_max: row.transit_days_max,
        cutoff_hour: row.cutoff_hour,
        refused_classes: row.refused_classes.0,
        only_classes: row.only_classes.0,
        tax_category: row.tax_category,
        active: row.active,
        weight_steps: row
            .weight_steps
            .0
            .into_iter()
            .map(|step| WeightStep {
                up_to_grams: step.up_to,
                price: amount(step.amount_minor),
            })
            .collect(),
        value_steps: row
            .value_steps
            .0
            .into_iter()
            .map(|step| ValueStep {
                up_to: step.up_to.map(amount),
                price: amount(step.amount_minor),
            })
            .collect(),
    }
}

pub(super) fn draft_of(
    entry: &MethodEntry,
    currency: Currency,
    locations: &HashMap<String, LocationId>,
) -> Result<MethodDraft> {
    let amount = |field: &str, text: &str| amount::minor(text, currency, &["methods", &entry.name, field]);
    let optional = |field: &str, text: &Option<String>| text.as_deref().map(|text| amount(field, text)).transpose();
    let location = entry.pickup_at.as_ref().map(|name| {
        locations.get(name.trim()).copied().ok_or_else(|| {
            let message = messages::file_no_location(name);
            Refusal::new(ErrorCode::NotFound, message).at(&["methods", &entry.name, "pickup_at"])
        })
    });
    let weight_steps = entry.weight_steps.iter().map(|step| {
        Ok(Step {
            up_to: step.up_to_grams,
            amount_minor: amount("weight_steps", &step.price)?,
        })
    });
    let value_steps = entry.value_steps.iter().map(|step| {
        let amount_minor = amount("value_steps", &step.price)?;
        Ok(Step {
            up_to: optional("value_steps", &step.up_to)?,
            amount_minor,
        })
    });
    Ok(MethodDraft {
        name: entry.name.clone(),
        description: entry.description.clone(),
        kind: match &entry.pickup_at {
            Some(_) => MethodKind::Pickup,
            None => MethodKind::Ship,
        },
        location: location.transpose()?,
        carrier: entry.carrier.clone(),
        amount_minor: amount("price", &entry.price)?,
        weight_steps: weight_steps.collect::<Result<_, Refusal>>()?,
        value_steps: value_steps.collect::<Result<_, Refusal>>()?,
        free_from_minor: optional("free_from", &entry.free_from)?,
        value_min_minor: optional("value_min", &entry.value_min)?,
        value_max_minor: optional("value_max", &entry.value_max)?,
        weight_min_grams: entry.weight_min_grams,
        weight_max_grams: entry.weight_max_grams,
        handling_days: entry.handling_days,
        transit_days_min: entry.transit_days_min,
        transit_days_max: entry.transit_days_max,
        cutoff_hour: entry.cutoff_hour,
        refused_classes: entry.refused_classes.clone(),
        only_classes: entry.only_classes.clone(),
        tax_category: entry.tax_category.clone(),
        active: entry.active,
    })
}

pub(super) fn change_to(draft: MethodDraft) -> MethodChange {
    MethodChange {
        name: Some(draft.name),
        description: Some(Some(draft.description)),
        kind: Some(draft.kind),
        location: Some(draft.location),
        carrier: Some(draft.carrier),
        amount_minor: Some(draft.amount_minor),
        weight_steps: Some(draft.weight_steps),
        value_steps: Some(draft.value_steps),
        free_from_minor: Some(draft.free_from_minor),
        value_min_minor: Some(draft.value_min_minor),
        value_max_minor: Some(draft.value_max_minor),
        weight_min_grams: Some(draft.weight_min_grams),
        weight_max_grams: Some(draft.weight_max_grams),
        handling_days: Some(draft.handling_days),
        transit_days_min: Some(draft.transit_days_min),
        transit_days_max: Some(draft.transit_days_max),
        cutoff_hour: Some(draft.cutoff_hour),
        refused_classes: Some(draft.refused_classes),
        only_classes: Some(draft.only_classes),
        tax_category: Some(draft.tax_category),
        active: Some(draft.active),
    }
}
