//! What belongs to a collection by itself, as it stands in the file.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vitrine_entity::{category, ids::CategoryId};

use crate::{
    Result, Tx,
    catalog::collections::rule::{CollectionRule, Matching, RuleCondition},
    money::{Currency, Money},
    setup::file::sections::{amount, categories},
};

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    matching: Matching,
    conditions: Vec<ConditionEntry>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConditionEntry {
    Tag(String),
    Vendor(String),
    /// By its path; or what lies beneath it.
    Category(String),
    PriceFrom(String),
    PriceTo(String),
    InStock(bool),
    TitleContains(String),
    CreatedAfter(DateTime<Utc>),
    Attribute {
        name: String,
        value: String,
    },
    OnSale(bool),
}

impl RuleEntry {
    pub(super) fn of(rule: CollectionRule, currency: Currency, paths: &[(category::Model, String)]) -> Self {
        let amount = |minor: i64| Money::new(minor, currency).decimal();
        let condition = |condition: RuleCondition| match condition {
            RuleCondition::Tag(tag) => ConditionEntry::Tag(tag),
            RuleCondition::Vendor(vendor) => ConditionEntry::Vendor(vendor),
            RuleCondition::Category(id) => ConditionEntry::Category(path_of(id, paths)),
            RuleCondition::PriceFrom(minor) => ConditionEntry::PriceFrom(amount(minor)),
            RuleCondition::PriceTo(minor) => ConditionEntry::PriceTo(amount(minor)),
            RuleCondition::InStock(in_stock) => ConditionEntry::InStock(in_stock),
            RuleCondition::TitleContains(text) => ConditionEntry::TitleContains(text),
            RuleCondition::CreatedAfter(time) => ConditionEntry::CreatedAfter(time),
            RuleCondition::Attribute { name, value } => ConditionEntry::Attribute { name, value },
            RuleCondition::OnSale(on_sale) => ConditionEntry::OnSale(on_sale),
        };
        Self {
            matching: rule.matching,
            conditions: rule.conditions.into_iter().map(condition).collect(),
        }
    }

    pub(super) async fn read(&self, tx: &Tx) -> Result<CollectionRule> {
        let mut conditions = Vec::with_capacity(self.conditions.len());
        for (index, condition) in self.conditions.iter().enumerate() {
            conditions.push(read(tx, index, condition.clone()).await?);
        }
        Ok(CollectionRule {
            matching: self.matching,
            conditions,
        })
    }
}

async fn read(tx: &Tx, index: usize, condition: ConditionEntry) -> Result<RuleCondition> {
    let index = index.to_string();
    let field = |name| ["rule", "conditions", &index, name];
    let currency = tx.context().currency;
    Ok(match condition {
        ConditionEntry::Tag(tag) => RuleCondition::Tag(tag),
        ConditionEntry::Vendor(vendor) => RuleCondition::Vendor(vendor),
        ConditionEntry::Category(path) => {
            RuleCondition::Category(categories::named(tx.db(), &path, &field("category")).await?)
        }
        ConditionEntry::PriceFrom(text) => {
            RuleCondition::PriceFrom(amount::minor(&text, currency, &field("price_from"))?)
        }
        ConditionEntry::PriceTo(text) => RuleCondition::PriceTo(amount::minor(&text, currency, &field("price_to"))?),
        ConditionEntry::InStock(in_stock) => RuleCondition::InStock(in_stock),
        ConditionEntry::TitleContains(text) => RuleCondition::TitleContains(text),
        ConditionEntry::CreatedAfter(time) => RuleCondition::CreatedAfter(time),
        ConditionEntry::Attribute { name, value } => RuleCondition::Attribute { name, value },
        ConditionEntry::OnSale(on_sale) => RuleCondition::OnSale(on_sale),
    })
}

/// A category that was deleted has no path: what stands for it is no category's.
fn path_of(id: CategoryId, paths: &[(category::Model, String)]) -> String {
    let found = paths.iter().find(|(row, _)| row.id == id);
    found.map_or_else(|| format!("~{id}"), |(_, path)| path.clone())
}
