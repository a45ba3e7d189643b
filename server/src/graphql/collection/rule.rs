use async_graphql::{Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    ErrorCode, Refusal,
    catalog::collections::rule::{self, Matching, RuleCondition},
    money::{self, Currency},
};

use crate::{
    graphql::{
        product::object::Product,
        shared::{Decimal, Money, int},
    },
    ids,
};

/// How many of a rule's conditions must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[graphql(remote = "vitrine_commerce::catalog::collections::rule::Matching")]
pub enum CollectionRuleMatch {
    /// Every one of them.
    #[default]
    All,
    /// At least one of them.
    Any,
}

/// What a product must be to be in a collection.
#[derive(Debug, InputObject)]
pub struct CollectionRuleInput {
    /// How many of the conditions must hold.
    #[graphql(name = "match", default)]
    pub matching: CollectionRuleMatch,
    /// Between 1 and 20.
    pub conditions: Vec<CollectionConditionInput>,
}

/// One condition: exactly one of these.
#[derive(Debug, Default, InputObject)]
pub struct CollectionConditionInput {
    /// It has this tag.
    pub tag: Option<String>,
    /// It is by this vendor.
    pub vendor: Option<String>,
    /// It is in this category, or in one beneath it.
    pub category_id: Option<ID>,
    /// Its lowest price is this or more, in the shop's currency.
    pub price_from: Option<Decimal>,
    /// Its lowest price is this or less, in the shop's currency.
    pub price_to: Option<Decimal>,
    /// Whether it can be bought now.
    pub in_stock: Option<bool>,
    /// Its title holds this text; upper and lower case are the same.
    pub title_contains: Option<String>,
    /// It was created after this time.
    pub created_after: Option<DateTime<Utc>>,
    /// It has this attribute or option with this value.
    pub attribute: Option<CollectionAttributeInput>,
    /// Whether one of its variants shows a former price above its lowest one.
    pub on_sale: Option<bool>,
}

/// A named attribute or option, and its value.
#[derive(Debug, InputObject)]
pub struct CollectionAttributeInput {
    /// Its name, as in `Material`.
    pub name: String,
    /// Its value, as in `Oak`.
    pub value: String,
}

/// What a product must be to be in a collection.
#[derive(Debug, SimpleObject)]
pub struct CollectionRule {
    /// How many of the conditions must hold.
    #[graphql(name = "match")]
    pub matching: CollectionRuleMatch,
    /// The conditions.
    pub conditions: Vec<CollectionCondition>,
}

/// One condition: one of these is not null.
#[derive(Debug, Default, SimpleObject)]
pub struct CollectionCondition {
    /// It has this tag.
    pub tag: Option<String>,
    /// It is by this vendor.
    pub vendor: Option<String>,
    /// It is in this category, or in one beneath it.
    pub category_id: Option<ID>,
    /// Its lowest price is this or more.
    pub price_from: Option<Money>,
    /// Its lowest price is this or less.
    pub price_to: Option<Money>,
    /// Whether it can be bought now.
    pub in_stock: Option<bool>,
    /// Its title holds this text.
    pub title_contains: Option<String>,
    /// It was created after this time.
    pub created_after: Option<DateTime<Utc>>,
    /// It has this attribute or option with this value.
    pub attribute: Option<CollectionAttribute>,
    /// Whether one of its variants shows a former price above its lowest one.
    pub on_sale: Option<bool>,
}

/// A named attribute or option, and its value.
#[derive(Debug, SimpleObject)]
pub struct CollectionAttribute {
    /// Its name, as in `Material`.
    pub name: String,
    /// Its value, as in `Oak`.
    pub value: String,
}

/// What a rule would put into a collection.
#[derive(Debug, SimpleObject)]
pub struct CollectionRulePreview {
    /// How many products it would hold, drafts among them, which shoppers do not see.
    pub count: i32,
    /// The newest of them.
    pub products: Vec<Product>,
}

impl CollectionRulePreview {
    pub fn show(preview: rule::Preview) -> Self {
        Self {
            count: int(preview.count.try_into().unwrap_or(i64::MAX)),
            products: preview.products.into_iter().map(Product).collect(),
        }
    }
}

impl CollectionRuleInput {
    /// # Errors
    /// When a condition is none or several, or a price or an id in it is none.
    pub fn read(self, currency: Currency) -> Result<rule::CollectionRule, Refusal> {
        let conditions = self.conditions.into_iter().enumerate();
        let read = |(index, input): (usize, CollectionConditionInput)| input.read(&index.to_string(), currency);
        Ok(rule::CollectionRule {
            matching: Matching::from(self.matching),
            conditions: conditions.map(read).collect::<Result<_, _>>()?,
        })
    }
}

impl CollectionConditionInput {
    fn read(self, index: &str, currency: Currency) -> Result<RuleCondition, Refusal> {
        let minor = |price: Decimal, field: &str| {
            let parsed = money::Money::parse(&price.0, currency).map(|money| money.minor);
            parsed.map_err(|error| Refusal::from(error).at(&["rule", "conditions", index, field]))
        };
        let category = |id: ID| ids::input(&id, "category", &["rule", "conditions", index, "categoryId"]);
        let given = [
            self.tag.map(RuleCondition::Tag),
            self.vendor.map(RuleCondition::Vendor),
            self.category_id.map(category).transpose()?.map(RuleCondition::Category),
            self.price_from
                .map(|price| minor(price, "priceFrom"))
                .transpose()?
                .map(RuleCondition::PriceFrom),
            self.price_to
                .map(|price| minor(price, "priceTo"))
                .transpose()?
                .map(RuleCondition::PriceTo),
            self.in_stock.map(RuleCondition::InStock),
            self.title_contains.map(RuleCondition::TitleContains),
            self.created_after.map(RuleCondition::CreatedAfter),
            self.attribute
                .map(|CollectionAttributeInput { name, value }| RuleCondition::Attribute { name, value }),
            self.on_sale.map(RuleCondition::OnSale),
        ];
        let mut given = given.into_iter().flatten();
        match (given.next(), given.next()) {
            (Some(condition), None) => Ok(condition),
            _ => {
                let message = "A condition is exactly one of its fields.";
                Err(Refusal::new(ErrorCode::Invalid, message).at(&["rule", "conditions", index]))
            }
        }
    }
}

impl CollectionRule {
    /// A rule as it is kept, its prices in the shop's currency.
    pub fn show(rule: rule::CollectionRule, currency: Currency) -> Self {
        Self {
            matching: rule.matching.into(),
            conditions: rule
                .conditions
                .into_iter()
                .map(|condition| CollectionCondition::show(condition, currency))
                .collect(),
        }
    }
}

impl CollectionCondition {
    fn show(condition: RuleCondition, currency: Currency) -> Self {
        let mut shown = Self::default();
        match condition {
            RuleCondition::Tag(tag) => shown.tag = Some(tag),
            RuleCondition::Vendor(vendor) => shown.vendor = Some(vendor),
            RuleCondition::Category(id) => shown.category_id = Some(ids::public(id)),
            RuleCondition::PriceFrom(minor) => shown.price_from = Some(Money::new(minor, currency)),
            RuleCondition::PriceTo(minor) => shown.price_to = Some(Money::new(minor, currency)),
            RuleCondition::InStock(in_stock) => shown.in_stock = Some(in_stock),
            RuleCondition::TitleContains(text) => shown.title_contains = Some(text),
            RuleCondition::CreatedAfter(time) => shown.created_after = Some(time),
            RuleCondition::Attribute { name, value } => shown.attribute = Some(CollectionAttribute { name, value }),
            RuleCondition::OnSale(on_sale) => shown.on_sale = Some(on_sale),
        }
        shown
    }
}
