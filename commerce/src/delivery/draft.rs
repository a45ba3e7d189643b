//! Zones and methods as somebody wants them to be: what a shop's file, the demo shop and staff send.
//! [`super::zones`] and [`super::methods`] check them and turn them into rows.

use serde::{Deserialize, Serialize};
use vitrine_entity::{
    currency::Currency,
    ids::{LocationId, ShippingMethodId, ShippingZoneId},
    shipping_method::{self, Classes, MethodKind, Step, Steps},
    shipping_zone::{self, PostalArea},
};

/// Where goods are sent alike, as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZoneDraft {
    pub name: String,
    /// ISO 3166-1 alpha-2 codes; `*` stands for every country that no other zone names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// ISO 3166-2 codes, as in `US-CA`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub postal_codes: Vec<PostalArea>,
    /// In the order to be shown.
    #[serde(default)]
    pub methods: Vec<MethodDraft>,
}

/// A way to ship within a zone, as it should be. Amounts are in minor units of the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodDraft {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(default)]
    pub kind: MethodKind,
    /// Where a pickup waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// What it costs in any case; the steps' prices come on top.
    #[serde(default)]
    pub amount_minor: i64,
    /// By the weight of the goods in grams, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weight_steps: Vec<Step>,
    /// By the subtotal of the goods in minor units, ascending.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub value_steps: Vec<Step>,
    /// From this subtotal on it is free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_from_minor: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_min_minor: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_max_minor: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_min_grams: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_max_grams: Option<i64>,
    /// Working days until it is handed over, and from then on.
    #[serde(default)]
    pub handling_days: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transit_days_min: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transit_days_max: Option<i32>,
    /// The hour of the shop's day from which on an order counts as one of the next working day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cutoff_hour: Option<i32>,
    /// Classes of goods that it does not carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused_classes: Vec<String>,
    /// The only classes that it carries, unless empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_classes: Vec<String>,
    /// Whose rate its price is taxed at; the standard one's where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_category: Option<String>,
    /// Whether it is offered.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

impl Default for MethodDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            description: String::new(),
            kind: MethodKind::Ship,
            location: None,
            carrier: None,
            amount_minor: 0,
            weight_steps: Vec::new(),
            value_steps: Vec::new(),
            free_from_minor: None,
            value_min_minor: None,
            value_max_minor: None,
            weight_min_grams: None,
            weight_max_grams: None,
            handling_days: 0,
            transit_days_min: None,
            transit_days_max: None,
            cutoff_hour: None,
            refused_classes: Vec::new(),
            only_classes: Vec::new(),
            tax_category: None,
            active: true,
        }
    }
}

/// What of a row no draft says.
pub(crate) struct Head {
    pub(crate) id: ShippingMethodId,
    pub(crate) zone: ShippingZoneId,
    pub(crate) currency: Currency,
    pub(crate) position: i32,
    pub(crate) version: i64,
}

impl ZoneDraft {
    /// A zone as it is, without its methods.
    pub fn of(zone: &shipping_zone::Model) -> Self {
        Self {
            name: zone.name.clone(),
            countries: zone.countries.0.clone(),
            regions: zone.regions.0.clone(),
            postal_codes: zone.postal_codes.0.clone(),
            methods: Vec::new(),
        }
    }
}

impl MethodDraft {
    /// A method as it is.
    pub fn of(method: &shipping_method::Model) -> Self {
        let row = method.clone();
        Self {
            name: row.name,
            description: row.description,
            kind: row.kind,
            location: row.location_id,
            carrier: row.carrier,
            amount_minor: row.amount_minor,
            weight_steps: row.weight_steps.0,
            value_steps: row.value_steps.0,
            free_from_minor: row.free_from_minor,
            value_min_minor: row.value_min_minor,
            value_max_minor: row.value_max_minor,
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
        }
    }

    /// The row that it becomes.
    pub(crate) fn row(self, head: Head) -> shipping_method::Model {
        shipping_method::Model {
            id: head.id,
            zone_id: head.zone,
            name: self.name,
            description: self.description,
            currency: head.currency,
            amount_minor: self.amount_minor,
            free_from_minor: self.free_from_minor,
            position: head.position,
            active: self.active,
            kind: self.kind,
            location_id: self.location,
            carrier: self.carrier,
            weight_steps: Steps(self.weight_steps),
            value_steps: Steps(self.value_steps),
            value_min_minor: self.value_min_minor,
            value_max_minor: self.value_max_minor,
            weight_min_grams: self.weight_min_grams,
            weight_max_grams: self.weight_max_grams,
            handling_days: self.handling_days,
            transit_days_min: self.transit_days_min,
            transit_days_max: self.transit_days_max,
            cutoff_hour: self.cutoff_hour,
            refused_classes: Classes(self.refused_classes),
            only_classes: Classes(self.only_classes),
            tax_category: self.tax_category,
            version: head.version,
            deleted_at: None,
        }
    }
}
