//! From a form's draft to what the API takes: goods by their ids, and each document's own types.

use super::draft::{Draft, Names};
use crate::{
    admin::{goods, staff::Staff},
    documents::{AdminDiscountFind, admin_discount_find as document},
    problem::Problem,
    refusals::Refusal,
};

/// Goods by their ids.
#[derive(Debug, Default)]
pub struct Ids {
    pub products: Vec<String>,
    pub variants: Vec<String>,
    pub categories: Vec<String>,
    pub collections: Vec<String>,
}

/// Those that a discount lowers, and those that must be bought.
#[derive(Debug, Default)]
pub struct Found {
    pub goods: Ids,
    pub buy: Ids,
}

/// What a form calls by names.
enum Kind {
    Product,
    Variant,
    Category,
    Collection,
}

/// # Errors
/// The fields that name what is not there.
pub async fn found(staff: &Staff, draft: &Draft) -> Result<Result<Found, Vec<Refusal>>, Problem> {
    let mut wrong = Vec::new();
    let goods = ids(staff, "goods", &draft.goods, &mut wrong).await?;
    let buy = ids(staff, "buy", &draft.buy, &mut wrong).await?;
    Ok(match wrong.is_empty() {
        true => Ok(Found { goods, buy }),
        false => Err(wrong),
    })
}

async fn ids(staff: &Staff, begins: &str, names: &Names, wrong: &mut Vec<Refusal>) -> Result<Ids, Problem> {
    let mut ids = Ids::default();
    for (kind, list, names, found) in [
        (Kind::Product, "Products", &names.products, &mut ids.products),
        (Kind::Variant, "Variants", &names.variants, &mut ids.variants),
        (Kind::Category, "Categories", &names.categories, &mut ids.categories),
        (
            Kind::Collection,
            "Collections",
            &names.collections,
            &mut ids.collections,
        ),
    ] {
        for name in names {
            match find(staff, &kind, name).await? {
                Some(id) => found.push(id),
                None => {
                    let message = staff.visit.say("admin.goods.unknown").replace("{name}", name);
                    wrong.push(Refusal::said(message, &format!("{begins}{list}")));
                    break;
                }
            }
        }
    }
    Ok(ids)
}

/// By the name in its address; goods as their pickers have them.
async fn find(staff: &Staff, kind: &Kind, name: &str) -> Result<Option<String>, Problem> {
    match kind {
        Kind::Product => return goods::id_of(staff, goods::Kind::Products, name).await,
        Kind::Variant => return goods::id_of(staff, goods::Kind::Variants, name).await,
        Kind::Category | Kind::Collection => {}
    }
    let variables = document::Variables {
        name: name.to_owned(),
        category: matches!(kind, Kind::Category),
        collection: matches!(kind, Kind::Collection),
    };
    let found = staff.visit.ask(AdminDiscountFind, variables).await?;
    let category = found.category.map(|category| category.id);
    Ok(category.or(found.collection.map(|collection| collection.id)))
}

/// A function that makes a document's own `DiscountInput`.
macro_rules! input_of {
    ($name:ident, $document:ident) => {
        fn $name(
            draft: $crate::admin::discount::draft::Draft,
            found: $crate::admin::discount::input::Found,
        ) -> $document::DiscountInput {
            use $crate::admin::discount::{
                draft::{Amount, Off},
                input::Ids,
            };
            use $document::{
                DiscountAmountInput, DiscountClass, DiscountGoodsInput, DiscountInput, DiscountKind, DiscountMethod,
                DiscountTierInput, DiscountValueInput,
            };
            let amounts = |amounts: Vec<Amount>| {
                let amounts = amounts.into_iter().map(|amount| DiscountAmountInput {
                    amount: amount.amount,
                    currency_code: amount.currency,
                });
                amounts.collect::<Vec<_>>()
            };
            let value = |off: Off| DiscountValueInput {
                amounts: amounts(off.amounts),
                fixed_prices: amounts(off.fixed_prices),
                once: off.once,
                percentage: off.percentage,
            };
            let goods = |ids: Ids, without_reduced: bool| DiscountGoodsInput {
                category_ids: ids.categories,
                collection_ids: ids.collections,
                product_ids: ids.products,
                variant_ids: ids.variants,
                without_reduced,
            };
            let tiers = draft.tiers.into_iter().map(|tier| DiscountTierInput {
                quantity: tier.quantity,
                spend: amounts(tier.spend),
                value: value(tier.value),
            });
            let tiers = tiers.collect();
            let combines_with = draft
                .combines_with
                .into_iter()
                .map(DiscountClass::Other)
                .collect();
            DiscountInput {
                buy: Some(goods(found.buy, draft.buy.without_reduced)),
                buy_quantity: draft.buy_quantity,
                buy_spend: amounts(draft.buy_spend),
                combines_with,
                countries: draft.countries,
                currency_codes: draft.currencies,
                customer_group_ids: draft.groups,
                ends_at: draft.ends_at,
                first_order_only: draft.first_order,
                get_quantity: draft.get_quantity,
                goods: Some(goods(found.goods, draft.goods.without_reduced)),
                kind: DiscountKind::Other(draft.kind),
                market_ids: draft.markets,
                method: DiscountMethod::Other(draft.method),
                minimum_quantity: draft.minimum_quantity,
                minimum_spend: amounts(draft.minimum_spend),
                priority: draft.priority,
                shipping_price_max: amounts(draft.price_max),
                starts_at: draft.starts_at,
                tiers,
                times_max: draft.times_max,
                title: draft.title,
                usage_limit: draft.usage_limit,
                usage_limit_per_code: draft.usage_limit_per_code,
                usage_limit_per_customer: draft.usage_limit_per_customer,
                value: draft.value.map(value),
            }
        }
    };
}

pub(in crate::admin) use input_of;
