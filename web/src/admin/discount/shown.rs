//! A discount as its form shows it: texts that can be typed over.

use serde::Serialize;

use crate::documents::admin_discount::{
    AdminDiscountDiscount as Discount, AdminDiscountDiscountBuy as Buy, AdminDiscountDiscountGoods as Goods, Price,
};

/// Of a new one, nothing.
#[derive(Debug, Default, Serialize)]
pub struct Shown {
    off: String,
    value: String,
    tiers_by: String,
    tiers: String,
    goods: Names,
    buy: Names,
    buy_spend: String,
    price_max: String,
    minimum_spend: String,
}

#[derive(Debug, Default, Serialize)]
struct Names {
    categories: String,
    collections: String,
    without_reduced: bool,
}

impl Shown {
    /// Amounts in `own` have no currency before them.
    pub fn of(discount: &Discount, own: &str) -> Self {
        let mut shown = Self {
            goods: discount.goods.as_ref().map(goods).unwrap_or_default(),
            buy: discount.buy.as_ref().map(buy).unwrap_or_default(),
            buy_spend: amounts(&discount.buy_spend, own),
            price_max: amounts(&discount.shipping_price_max, own),
            minimum_spend: amounts(&discount.minimum_spend, own),
            ..Self::default()
        };
        if let Some(value) = &discount.value {
            (shown.off, shown.value) = off(
                value.percentage.as_deref(),
                &value.amounts,
                value.once,
                &value.fixed_prices,
                own,
            );
        }
        let lines = discount.tiers.iter().map(|tier| {
            let value = &tier.value;
            let (off, text) = off(
                value.percentage.as_deref(),
                &value.amounts,
                value.once,
                &value.fixed_prices,
                own,
            );
            let (by, from) = match tier.quantity {
                Some(quantity) => ("QUANTITY", quantity.to_string()),
                None => ("SPEND", amounts(&tier.spend, own)),
            };
            (off, by, format!("{from}: {text}"))
        });
        let lines: Vec<_> = lines.collect();
        if let Some((off, by, _)) = lines.first() {
            (shown.off, shown.tiers_by) = (off.clone(), (*by).to_owned());
        }
        shown.tiers = lines
            .into_iter()
            .map(|(_, _, line)| line)
            .collect::<Vec<_>>()
            .join("\n");
        shown
    }
}

/// How it is taken off, and how much.
fn off(percentage: Option<&str>, taken: &[Price], once: bool, fixed_prices: &[Price], own: &str) -> (String, String) {
    let (off, text) = match (percentage, fixed_prices.is_empty()) {
        (Some(percentage), _) => ("PERCENTAGE", percentage.to_owned()),
        (None, false) => ("FIXED_PRICE", amounts(fixed_prices, own)),
        (None, true) if once => ("AMOUNT_ONCE", amounts(taken, own)),
        (None, true) => ("AMOUNT", amounts(taken, own)),
    };
    (off.to_owned(), text)
}

fn amounts(amounts: &[Price], own: &str) -> String {
    let text = |price: &Price| match price.currency_code == own {
        true => price.amount.clone(),
        false => format!("{} {}", price.currency_code, price.amount),
    };
    amounts.iter().map(text).collect::<Vec<_>>().join(" ")
}

fn goods(goods: &Goods) -> Names {
    Names {
        categories: listed(goods.categories.iter().map(|category| category.slug.as_str())),
        collections: listed(goods.collections.iter().map(|collection| collection.slug.as_str())),
        without_reduced: goods.without_reduced,
    }
}

fn buy(goods: &Buy) -> Names {
    Names {
        categories: listed(goods.categories.iter().map(|category| category.slug.as_str())),
        collections: listed(goods.collections.iter().map(|collection| collection.slug.as_str())),
        without_reduced: goods.without_reduced,
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
