//! A rule as a condition on `product` and `product_listing`.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{product, product_listing};

use super::{CollectionRule, Matching, RuleCondition};
use crate::{
    Result,
    catalog::{
        categories::{Tree, all_on},
        list::{has_attribute, holds_any, like, lower},
    },
};

/// The tree, if any of the rules asks for it.
pub(in crate::catalog) async fn tree_of(db: &impl ConnectionTrait, rules: &[&CollectionRule]) -> Result<Tree> {
    let asks = |rule: &&CollectionRule| {
        let mut conditions = rule.conditions.iter();
        conditions.any(|condition| matches!(condition, RuleCondition::Category(_)))
    };
    match rules.iter().any(asks) {
        true => Ok(Tree::new(all_on(db).await?)),
        false => Ok(Tree::new(Vec::new())),
    }
}

/// A rule that has no condition holds for nothing.
pub(in crate::catalog) fn condition(rule: &CollectionRule, tree: &Tree) -> Condition {
    let whole = match rule.matching {
        Matching::All => Condition::all().add(Expr::value(!rule.conditions.is_empty())),
        Matching::Any => Condition::any().add(Expr::value(false)),
    };
    let whole = rule
        .conditions
        .iter()
        .fold(whole, |whole, part| whole.add(one(part, tree)));
    Condition::all().add(whole).add(product::Column::DeletedAt.is_null())
}

fn one(condition: &RuleCondition, tree: &Tree) -> Condition {
    let listing = |column| Expr::col((product_listing::Entity, column));
    let all = Condition::all();
    match condition {
        RuleCondition::Tag(tag) => holds_any((product::Entity, product::Column::Tags), std::slice::from_ref(tag)),
        RuleCondition::Vendor(vendor) => all.add(product::Column::Vendor.eq(vendor)),
        RuleCondition::Category(id) => match tree.path(*id).is_empty() {
            // It was deleted.
            true => all.add(Expr::value(false)),
            false => all.add(product::Column::CategoryId.is_in(tree.branches(vec![*id]))),
        },
        RuleCondition::PriceFrom(minor) => all.add(product_listing::Column::PriceMinMinor.gte(*minor)),
        RuleCondition::PriceTo(minor) => all.add(product_listing::Column::PriceMinMinor.lte(*minor)),
        RuleCondition::InStock(in_stock) => all.add(product_listing::Column::InStock.eq(*in_stock)),
        RuleCondition::TitleContains(text) => {
            all.add(lower(product::Entity, product::Column::Title).like(like(&text.to_lowercase())))
        }
        RuleCondition::CreatedAfter(time) => all.add(product::Column::CreatedAt.gt(*time)),
        RuleCondition::Attribute { name, value } => has_attribute(name, std::slice::from_ref(value)),
        RuleCondition::OnSale(on_sale) => {
            let former = listing(product_listing::Column::CompareAtMaxMinor);
            let price = || listing(product_listing::Column::PriceMinMinor);
            match on_sale {
                true => all.add(former.gt(price())),
                false => Condition::any().add(former.clone().is_null()).add(former.lte(price())),
            }
        }
    }
}
