//! Discounts and baskets, written briefly.

use chrono::DateTime;
use uuid::Uuid;
use vitrine_entity::{
    discount::{self, Classes, Conditions, DiscountClass, DiscountMethod, Effect, Value},
    ids::{CollectionId, DiscountCodeId, DiscountId, ProductId, VariantId},
};

use crate::discounts::rules::{Basket, Candidate, Code, Decision, Goods, Line, Off, Rule, Threshold, Uses, What};

pub(super) use DiscountClass::{Order, Product, Shipping};

/// A discount's row that says as little as one may.
pub(crate) fn row() -> discount::Model {
    discount::Model {
        id: DiscountId(Uuid::from_u128(1)),
        title: "A discount".to_owned(),
        method: DiscountMethod::Automatic,
        active: true,
        effect: Effect::Order {
            value: Value::Flat(discount::Off::Percentage(1_000)),
        },
        conditions: Conditions::default(),
        combines_with: Classes::default(),
        priority: 0,
        starts_at: None,
        ends_at: None,
        usage_limit: None,
        usage_limit_per_customer: None,
        usage_limit_per_code: None,
        version: 1,
        created_at: DateTime::UNIX_EPOCH,
        updated_at: DateTime::UNIX_EPOCH,
        deleted_at: None,
    }
}

/// A line of the variant `number`, which is the only one of its product and lies in the collection of its tens: 21 and 25 in
/// that of 2.
pub(super) fn line(number: u128, unit_price_minor: i64, quantity: i64) -> Line {
    Line {
        variant: VariantId(Uuid::from_u128(number)),
        product: ProductId(Uuid::from_u128(number)),
        category: None,
        collections: vec![CollectionId(Uuid::from_u128(number / 10))],
        unit_price_minor,
        quantity,
        is_reduced: false,
        is_discountable: true,
    }
}

pub(super) fn basket(lines: &[Line]) -> Basket {
    Basket {
        lines: lines.to_vec(),
        shipping_minor: None,
        country: "DE".to_owned(),
        market: None,
        groups: Vec::new(),
        is_first_order: true,
        now: DateTime::UNIX_EPOCH,
        step_minor: 1,
    }
}

/// The goods of a collection.
pub(super) fn of(collection: u128) -> Goods {
    Goods {
        collections: [CollectionId(Uuid::from_u128(collection))].into(),
        ..Goods::default()
    }
}

pub(super) fn percent(percent: i32) -> Off {
    Off::Percentage(percent * 100)
}

pub(super) fn products(goods: Goods, off: Off) -> What {
    What::Products {
        goods,
        tiers: vec![(None, off)],
    }
}

pub(super) fn order(off: Off) -> What {
    What::Order {
        tiers: vec![(None, off)],
    }
}

pub(super) fn shipping(off: Off) -> What {
    What::Shipping {
        off,
        price_max_minor: None,
        countries: Vec::new(),
    }
}

pub(super) fn bundle(buy: Goods, quantity: i64, get: Goods, get_quantity: i64, off: Off) -> What {
    What::BuyXGetY {
        buy,
        required: Threshold::Quantity(quantity),
        get,
        get_quantity,
        off,
        times_max: None,
    }
}

/// One that applies by itself, and beside others of these classes.
pub(super) fn automatic(number: u128, what: What, combines_with: &[DiscountClass]) -> Candidate {
    Candidate {
        discount: DiscountId(Uuid::from_u128(number)),
        title: format!("Discount {number}"),
        code: None,
        rule: Rule {
            what,
            minimum: None,
            is_for_first_order: false,
            groups: Vec::new(),
            markets: Vec::new(),
            starts_at: None,
            ends_at: None,
            combines_with: combines_with.to_vec(),
            priority: 0,
        },
        uses: Uses::Left,
    }
}

/// One whose code was typed.
pub(super) fn coded(number: u128, what: What, combines_with: &[DiscountClass]) -> Candidate {
    Candidate {
        code: Some(Code {
            id: DiscountCodeId(Uuid::from_u128(number)),
            text: format!("CODE{number}"),
        }),
        ..automatic(number, what, combines_with)
    }
}

/// What each discount takes off, by its number, in the order in which they apply.
pub(super) fn given(decision: &Decision) -> Vec<(u128, i64)> {
    let all = decision.given.iter();
    all.map(|given| (given.discount.0.as_u128(), given.amount_minor))
        .collect()
}
