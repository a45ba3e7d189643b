//! A change of a method.

use vitrine_entity::{
    ids::LocationId,
    shipping_method::{MethodKind, Step},
};

use crate::delivery::draft::MethodDraft;

/// A change of a method; what is `None` stays as it is, `Some(None)` is taken away.
#[derive(Debug, Clone, Default)]
pub struct MethodChange {
    pub name: Option<String>,
    pub description: Option<Option<String>>,
    pub kind: Option<MethodKind>,
    pub location: Option<Option<LocationId>>,
    pub carrier: Option<Option<String>>,
    pub amount_minor: Option<i64>,
    pub weight_steps: Option<Vec<Step>>,
    pub value_steps: Option<Vec<Step>>,
    pub free_from_minor: Option<Option<i64>>,
    pub value_min_minor: Option<Option<i64>>,
    pub value_max_minor: Option<Option<i64>>,
    pub weight_min_grams: Option<Option<i64>>,
    pub weight_max_grams: Option<Option<i64>>,
    pub handling_days: Option<i32>,
    pub transit_days_min: Option<Option<i32>>,
    pub transit_days_max: Option<Option<i32>>,
    pub cutoff_hour: Option<Option<i32>>,
    pub refused_classes: Option<Vec<String>>,
    pub only_classes: Option<Vec<String>>,
    pub tax_category: Option<Option<String>>,
    pub active: Option<bool>,
}

impl MethodChange {
    /// The draft with the change.
    pub fn of(self, draft: MethodDraft) -> MethodDraft {
        MethodDraft {
            name: self.name.unwrap_or(draft.name),
            description: self.description.map_or(draft.description, Option::unwrap_or_default),
            kind: self.kind.unwrap_or(draft.kind),
            location: self.location.unwrap_or(draft.location),
            carrier: self.carrier.unwrap_or(draft.carrier),
            amount_minor: self.amount_minor.unwrap_or(draft.amount_minor),
            weight_steps: self.weight_steps.unwrap_or(draft.weight_steps),
            value_steps: self.value_steps.unwrap_or(draft.value_steps),
            free_from_minor: self.free_from_minor.unwrap_or(draft.free_from_minor),
            value_min_minor: self.value_min_minor.unwrap_or(draft.value_min_minor),
            value_max_minor: self.value_max_minor.unwrap_or(draft.value_max_minor),
            weight_min_grams: self.weight_min_grams.unwrap_or(draft.weight_min_grams),
            weight_max_grams: self.weight_max_grams.unwrap_or(draft.weight_max_grams),
            handling_days: self.handling_days.unwrap_or(draft.handling_days),
            transit_days_min: self.transit_days_min.unwrap_or(draft.transit_days_min),
            transit_days_max: self.transit_days_max.unwrap_or(draft.transit_days_max),
            cutoff_hour: self.cutoff_hour.unwrap_or(draft.cutoff_hour),
            refused_classes: self.refused_classes.unwrap_or(draft.refused_classes),
            only_classes: self.only_classes.unwrap_or(draft.only_classes),
            tax_category: self.tax_category.unwrap_or(draft.tax_category),
            active: self.active.unwrap_or(draft.active),
        }
    }
}
