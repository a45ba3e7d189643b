//! What belongs to a collection by itself.

mod check;
mod condition;
mod preview;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vitrine_entity::{collection, ids::CategoryId};

pub(super) use self::check::{check, require_categories};
pub(in crate::catalog) use self::condition::{condition, tree_of};
pub use self::preview::{Preview, preview};
use crate::Fault;

/// Conditions, of which all must hold, or any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectionRule {
    pub matching: Matching,
    pub conditions: Vec<RuleCondition>,
}

/// How many of the conditions must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matching {
    #[default]
    All,
    Any,
}

/// What a product must be. Stored as JSON: a name that is released is not changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleCondition {
    Tag(String),
    Vendor(String),
    /// Or what lies beneath it.
    Category(CategoryId),
    /// The lowest price of its variants, in minor units of the shop's currency, inclusive.
    PriceFrom(i64),
    PriceTo(i64),
    InStock(bool),
    /// Upper and lower case are the same.
    TitleContains(String),
    CreatedAfter(DateTime<Utc>),
    /// A named attribute or option.
    Attribute {
        name: String,
        value: String,
    },
    /// Whether a former price is shown that is higher than the price.
    OnSale(bool),
}

/// The rule of a collection; `None` where its products are picked by hand.
///
/// # Errors
/// When the row holds no rule that this version can read.
pub fn of(collection: &collection::Model) -> Result<Option<CollectionRule>, Fault> {
    let Some(stored) = &collection.rule else {
        return Ok(None);
    };
    let corrupt = |_| Fault::Corrupt {
        table: "collection",
        column: "rule",
        id: collection.id.to_string(),
    };
    serde_json::from_value(stored.clone()).map(Some).map_err(corrupt)
}
