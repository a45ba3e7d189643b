//! What a rule must be before it is kept.

use super::{CollectionRule, RuleCondition};
use crate::{
    Refusal, Result, Tx,
    catalog::{
        categories::{Tree, all_on},
        fields::{Refusals, amount},
    },
    language::messages,
};

/// The most conditions of one rule.
const CONDITIONS_MAX: usize = 20;

/// The rule in its normal form.
pub(in crate::catalog::collections) fn check(mut rule: CollectionRule, refusals: &mut Refusals) -> CollectionRule {
    if rule.conditions.is_empty() || rule.conditions.len() > CONDITIONS_MAX {
        let message = messages::rule_conditions_range(CONDITIONS_MAX);
        refusals.refuse(&["rule", "conditions"], message);
    }
    for (index, condition) in rule.conditions.iter_mut().enumerate().take(CONDITIONS_MAX) {
        let index = index.to_string();
        let field = |name| ["rule", "conditions", &index, name];
        match condition {
            RuleCondition::Tag(text) => refusals.line(&field("tag"), text, 255),
            RuleCondition::Vendor(text) => refusals.line(&field("vendor"), text, 255),
            RuleCondition::TitleContains(text) => refusals.line(&field("titleContains"), text, 255),
            RuleCondition::Attribute { name, value } => {
                refusals.line(&field("attribute"), name, 100);
                refusals.line(&field("attribute"), value, 255);
            }
            RuleCondition::PriceFrom(minor) => amount(&field("priceFrom"), *minor, refusals),
            RuleCondition::PriceTo(minor) => amount(&field("priceTo"), *minor, refusals),
            RuleCondition::Category(_)
            | RuleCondition::InStock(_)
            | RuleCondition::CreatedAfter(_)
            | RuleCondition::OnSale(_) => {}
        }
    }
    rule
}

/// # Errors
/// Refuses a category that is not there.
pub(in crate::catalog::collections) async fn require_categories(tx: &Tx, rule: &CollectionRule) -> Result<()> {
    let wanted: Vec<_> = rule.conditions.iter().enumerate().filter_map(category_of).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let tree = Tree::new(all_on(tx.db()).await?);
    let missing = wanted.into_iter().find(|(_, id)| tree.path(**id).is_empty());
    match missing {
        None => Ok(()),
        Some((index, _)) => Err(Refusal::not_found("category")
            .at(&["rule", "conditions", &index.to_string(), "categoryId"])
            .into()),
    }
}

fn category_of((index, condition): (usize, &RuleCondition)) -> Option<(usize, &vitrine_entity::ids::CategoryId)> {
    match condition {
        RuleCondition::Category(id) => Some((index, id)),
        _ => None,
    }
}
