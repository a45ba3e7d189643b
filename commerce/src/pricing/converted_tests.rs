use proptest::prelude::*;
use sea_orm::Iterable;
use vitrine_entity::price_list::Rounding;

use super::*;
use crate::money::{Currency, convert::convert};

fn currencies() -> impl Strategy<Value = Currency> {
    prop::sample::select(vec!["EUR", "USD", "CHF", "JPY", "KWD"]).prop_map(|code| code.parse().expect("a currency"))
}

fn roundings() -> impl Strategy<Value = Rounding> {
    prop::sample::select(Rounding::iter().collect::<Vec<_>>())
}

fn rate(basis_points: i32) -> Rate {
    let name = format!("VAT {basis_points}");
    Rate(vec![RatePart { name, basis_points }])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_shown_in_another_currency_is_what_adds_up(
        goods in prop::collection::vec((0..1_000_000_i64, 1..20_i64, prop::sample::select(vec![0, 700, 1_900, 2_550])), 1..6),
        shipping in 0..100_000_i64, off in 0..50_000_i64, rate_e8 in 100_000..100_000_000_000_i64,
        from in currencies(), to in currencies(), rounding in roundings(), prices_include_tax: bool,
    ) {
        let shown = |minor| convert(minor, from, to, rate_e8, rounding).expect("small enough");
        let lines = goods.iter().map(|(minor, quantity, basis_points)| LineToPrice {
            unit_price_minor: shown(*minor),
            quantity: *quantity,
            tax: rate(*basis_points),
        });
        let basket = Basket {
            currency: to,
            prices_include_tax,
            lines: lines.collect(),
            shipping: Some(ShippingToPrice { amount_minor: shown(shipping), tax: ShippingTax::LikeGoods }),
            adjustments: vec![Adjustment {
                effect: Effect::Discount(Target::Goods),
                amount_minor: shown(off),
                code: "OFF".to_owned(),
                label: "Off".to_owned(),
                origin: None,
            }],
        };
        let priced = price(&basket).expect("priced");
        let totals = &priced.totals;
        prop_assert_eq!(totals.currency, to);
        for (line, (minor, quantity, _)) in priced.lines.iter().zip(&goods) {
            prop_assert_eq!(line.subtotal_minor, shown(*minor) * quantity, "the price of the list, so many times");
        }
        let on_top = if prices_include_tax { 0 } else { totals.tax_minor };
        let paid = totals.subtotal_minor - totals.discount_minor + shown(shipping) + on_top;
        prop_assert_eq!(totals.total_minor, paid);
        prop_assert_eq!(totals.tax_minor, totals.taxes.iter().map(|tax| tax.amount_minor).sum::<i64>());
    }
}
