//! A discount, as it stands in the file: what the API takes, under the same names.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use vitrine_entity::discount::{self, DiscountClass, DiscountMethod, Effect, Value};

use super::{
    effect::{AmountsEntry, GoodsEntry, OffEntry, TierEntry, amounts, amounts_of, threshold},
    found::Found,
    known::Known,
};
use crate::{
    Result, Tx,
    discounts::{DiscountDraft, DiscountKind},
    setup::file::sections::defaults::{is_no, is_yes, yes},
};

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct DiscountEntry {
    pub(super) title: String,
    method: MethodWord,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub(super) active: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) codes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    combines_with: Vec<ClassWord>,
    #[serde(default, skip_serializing_if = "is_nothing")]
    priority: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    starts_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ends_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    usage_limit: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    usage_limit_per_customer: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    usage_limit_per_code: Option<i64>,
    #[serde(default, skip_serializing_if = "is_no")]
    first_order: bool,
    /// By their codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) customer_groups: Vec<String>,
    /// By their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) markets: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    currencies: Vec<String>,
    kind: KindWord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    minimum_quantity: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    buy_quantity: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    get_quantity: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times_max: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    countries: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<OffEntry>,
    #[serde(default, skip_serializing_if = "AmountsEntry::is_empty")]
    minimum_spend: AmountsEntry,
    #[serde(default, skip_serializing_if = "AmountsEntry::is_empty")]
    buy_spend: AmountsEntry,
    #[serde(default, skip_serializing_if = "AmountsEntry::is_empty")]
    shipping_price_max: AmountsEntry,
    #[serde(default, skip_serializing_if = "GoodsEntry::is_all")]
    pub(super) goods: GoodsEntry,
    #[serde(default, skip_serializing_if = "GoodsEntry::is_all")]
    pub(super) buy: GoodsEntry,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tiers: Vec<TierEntry>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum MethodWord {
    Code,
    Automatic,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ClassWord {
    Product,
    Order,
    Shipping,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KindWord {
    Products,
    Order,
    // As the API has it, in small letters.
    #[serde(rename = "buy-x-get-y")]
    BuyXGetY,
    Shipping,
}

fn is_nothing(priority: &i64) -> bool {
    *priority == 0
}

impl DiscountEntry {
    pub(super) fn of(row: discount::Model, codes: Vec<String>, known: &Known) -> Self {
        let conditions = &row.conditions;
        let currencies = conditions.currencies.iter();
        let (minimum_quantity, minimum_spend) = threshold(conditions.minimum.as_ref());
        let entry = Self {
            title: row.title,
            method: match row.method {
                DiscountMethod::Code => MethodWord::Code,
                DiscountMethod::Automatic => MethodWord::Automatic,
            },
            active: row.active,
            codes,
            combines_with: row.combines_with.0.iter().copied().map(ClassWord::from).collect(),
            priority: i64::from(row.priority),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            usage_limit: row.usage_limit,
            usage_limit_per_customer: row.usage_limit_per_customer,
            usage_limit_per_code: row.usage_limit_per_code,
            first_order: conditions.first_order,
            customer_groups: known.groups(&conditions.customer_groups),
            markets: known.markets(&conditions.markets),
            currencies: currencies.map(|currency| currency.code().to_owned()).collect(),
            kind: KindWord::Order,
            minimum_quantity,
            buy_quantity: None,
            get_quantity: None,
            times_max: None,
            countries: Vec::new(),
            value: None,
            minimum_spend,
            buy_spend: AmountsEntry::new(),
            shipping_price_max: AmountsEntry::new(),
            goods: GoodsEntry::default(),
            buy: GoodsEntry::default(),
            tiers: Vec::new(),
        };
        entry.giving(row.effect, known)
    }

    fn giving(self, effect: Effect, known: &Known) -> Self {
        match effect {
            Effect::Products { goods, value } => Self {
                kind: KindWord::Products,
                goods: GoodsEntry::of(&goods, known),
                ..self.valued(&value)
            },
            Effect::Order { value } => self.valued(&value),
            Effect::BuyXGetY {
                buy,
                required,
                get,
                get_quantity,
                off,
                times_max,
            } => {
                let (buy_quantity, buy_spend) = threshold(Some(&required));
                Self {
                    kind: KindWord::BuyXGetY,
                    value: Some(OffEntry::of(&off)),
                    goods: GoodsEntry::of(&get, known),
                    buy: GoodsEntry::of(&buy, known),
                    buy_quantity,
                    buy_spend,
                    get_quantity: Some(get_quantity),
                    times_max,
                    ..self
                }
            }
            Effect::Shipping {
                off,
                price_max,
                countries,
            } => Self {
                kind: KindWord::Shipping,
                value: Some(OffEntry::of(&off)),
                shipping_price_max: price_max.as_ref().map(amounts_of).unwrap_or_default(),
                countries,
                ..self
            },
        }
    }

    fn valued(self, value: &Value) -> Self {
        match value {
            Value::Flat(off) => Self {
                value: Some(OffEntry::of(off)),
                ..self
            },
            Value::Tiered(tiers) => Self {
                tiers: tiers.iter().map(TierEntry::of).collect(),
                ..self
            },
        }
    }

    /// What it names, as far as it is there.
    pub(super) async fn find(&self, tx: &Tx) -> Result<Found> {
        Found::of(tx, &self.goods, &self.buy, &self.customer_groups, &self.markets).await
    }

    /// As staff would write it, of what is there.
    pub(super) fn draft(&self, found: Found) -> DiscountDraft {
        DiscountDraft {
            title: self.title.clone(),
            method: match self.method {
                MethodWord::Code => DiscountMethod::Code,
                MethodWord::Automatic => DiscountMethod::Automatic,
            },
            kind: match self.kind {
                KindWord::Products => DiscountKind::Products,
                KindWord::Order => DiscountKind::Order,
                KindWord::BuyXGetY => DiscountKind::BuyXGetY,
                KindWord::Shipping => DiscountKind::Shipping,
            },
            value: self.value.as_ref().map(OffEntry::draft),
            tiers: self.tiers.iter().map(TierEntry::draft).collect(),
            goods: found.goods,
            buy: found.buy,
            buy_quantity: self.buy_quantity,
            buy_spend: amounts(&self.buy_spend),
            get_quantity: self.get_quantity,
            times_max: self.times_max,
            price_max: amounts(&self.shipping_price_max),
            countries: self.countries.clone(),
            minimum_quantity: self.minimum_quantity,
            minimum_spend: amounts(&self.minimum_spend),
            first_order: self.first_order,
            customer_groups: found.groups,
            markets: found.markets,
            currencies: self.currencies.clone(),
            combines_with: self.combines_with.iter().copied().map(DiscountClass::from).collect(),
            priority: self.priority,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            usage_limit: self.usage_limit,
            usage_limit_per_customer: self.usage_limit_per_customer,
            usage_limit_per_code: self.usage_limit_per_code,
        }
    }
}

impl From<DiscountClass> for ClassWord {
    fn from(class: DiscountClass) -> Self {
        match class {
            DiscountClass::Product => Self::Product,
            DiscountClass::Order => Self::Order,
            DiscountClass::Shipping => Self::Shipping,
        }
    }
}

impl From<ClassWord> for DiscountClass {
    fn from(word: ClassWord) -> Self {
        match word {
            ClassWord::Product => Self::Product,
            ClassWord::Order => Self::Order,
            ClassWord::Shipping => Self::Shipping,
        }
    }
}
