//! A rate as it should be, and a change of one.

use serde::{Deserialize, Serialize};
use vitrine_entity::tax_rate;

/// A rate as it should be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateDraft {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// A subdivision by ISO 3166-2; the whole country where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// `None` for the standard rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_category: Option<String>,
    pub name: String,
    /// Hundredths of a percent: 19 % is 1900.
    pub basis_points: i32,
    /// Whether a subdivision's rate comes on top of its country's rather than in its place.
    #[serde(default)]
    pub on_top: bool,
    /// Whether staff need not look at it any more.
    #[serde(default = "yes")]
    pub confirmed: bool,
}

fn yes() -> bool {
    true
}

/// A change of a rate; what is `None` stays as it is, `Some(None)` is taken away.
#[derive(Debug, Clone, Default)]
pub struct RateChange {
    pub country: Option<String>,
    pub region: Option<Option<String>>,
    pub tax_category: Option<Option<String>>,
    pub name: Option<String>,
    pub basis_points: Option<i32>,
    pub on_top: Option<bool>,
    pub confirmed: Option<bool>,
}

impl RateChange {
    /// The draft with the change.
    pub fn of(self, draft: RateDraft) -> RateDraft {
        RateDraft {
            country: self.country.unwrap_or(draft.country),
            region: self.region.unwrap_or(draft.region),
            tax_category: self.tax_category.unwrap_or(draft.tax_category),
            name: self.name.unwrap_or(draft.name),
            basis_points: self.basis_points.unwrap_or(draft.basis_points),
            on_top: self.on_top.unwrap_or(draft.on_top),
            confirmed: self.confirmed.unwrap_or(draft.confirmed),
        }
    }
}

impl RateDraft {
    /// A rate as it is.
    pub fn of(rate: &tax_rate::Model) -> Self {
        let row = rate.clone();
        Self {
            country: row.country,
            region: row.region,
            tax_category: row.tax_category,
            name: row.name,
            basis_points: row.basis_points,
            on_top: row.on_top,
            confirmed: row.confirmed,
        }
    }
}
