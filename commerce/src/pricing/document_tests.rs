//! Whatever lies in a basket, and in whatever currency it is sold: what a list shows is what stands in the cart, the order and
//! its parts, what the ledger owes, and what a provider is asked for.

use proptest::prelude::*;
use sea_orm::Iterable;
use vitrine_entity::price_list::Rounding;

use super::*;
use crate::money::{Currency, Money, convert::convert};

/// How many baskets are made up: `VITRINE_BASKETS=100000` for those of a release.
pub(crate) fn cases() -> u32 {
    let asked = std::env::var("VITRINE_BASKETS").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(1_000)
}

/// Whose tax is charged, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Included,
    OnTop,
    /// A business across a border, or an export: of prices that contain tax it is taken out.
    NoneDue,
}

#[derive(Debug, Clone)]
pub(crate) struct Sale {
    from: Currency,
    to: Currency,
    rate_e8: i64,
    rounding: Rounding,
    mode: Mode,
    prices_include_tax: bool,
    /// What they cost in the shop's own currency, how many, and at which rate they are taxed.
    goods: Vec<(i64, i64, i32)>,
    shipping: Option<(i64, bool)>,
    adjustments: Vec<(Effect, i64)>,
}

fn rate(basis_points: i32) -> Rate {
    let part = |basis_points| RatePart {
        name: format!("Tax {basis_points}"),
        basis_points,
    };
    // Above a quarter there are two of it, as in Canada.
    match basis_points {
        0 => Rate::default(),
        2_500.. => Rate(vec![part(basis_points - 900), part(900)]),
        _ => Rate(vec![part(basis_points)]),
    }
}

fn effect() -> impl Strategy<Value = Effect> {
    let target = prop_oneof![
        (0..8_usize).prop_map(Target::Line),
        Just(Target::Goods),
        Just(Target::Shipping)
    ];
    prop_oneof![
        4 => target.clone().prop_map(Effect::Discount),
        2 => target.prop_map(Effect::Fee),
        1 => Just(Effect::Credit)
    ]
}

/// Whatever is sold.
pub(crate) fn sale() -> impl Strategy<Value = Sale> {
    let currency = || prop::sample::select(vec!["EUR", "USD", "CHF", "JPY", "KRW", "KWD", "BHD"]);
    let rates = prop::sample::select(vec![0, 550, 700, 1_900, 2_100, 2_550]);
    let goods = prop::collection::vec((0..2_000_000_i64, 1..30_i64, rates), 1..8);
    let mode = prop_oneof![Just(Mode::Included), Just(Mode::OnTop), Just(Mode::NoneDue)];
    let adjustments = prop::collection::vec((effect(), 0..500_000_i64), 0..5);
    let money = (currency(), currency(), 100_000..100_000_000_000_i64);
    let rounding = prop::sample::select(Rounding::iter().collect::<Vec<_>>());
    let shipping = prop::option::of((0..100_000_i64, any::<bool>()));
    (money, rounding, mode, any::<bool>(), goods, shipping, adjustments).prop_map(
        |((from, to, rate_e8), rounding, mode, is_gross, goods, shipping, adjustments)| Sale {
            from: from.parse().expect("a currency"),
            to: to.parse().expect("a currency"),
            rate_e8,
            rounding,
            mode,
            prices_include_tax: match mode {
                Mode::Included => true,
                Mode::OnTop => false,
                Mode::NoneDue => is_gross,
            },
            goods,
            shipping,
            adjustments,
        },
    )
}

/// Of dinars, cards take no odd thousandth.
fn step(currency: Currency) -> i64 {
    if currency.exponent() == 3 { 10 } else { 1 }
}

impl Sale {
    /// What a list shows: rounded by the market's rule, and to what can be paid.
    fn shown(&self, minor: i64) -> i64 {
        let shown = convert(minor, self.from, self.to, self.rate_e8, self.rounding).expect("small enough");
        shown - shown % step(self.to)
    }

    /// What a cart holds, and what it comes to.
    pub(crate) fn priced(&self) -> (Basket, Priced) {
        let basket = self.basket();
        let priced = price_in_steps(&basket, step(self.to)).expect("priced");
        (basket, priced)
    }

    pub(crate) fn bears_tax(&self) -> bool {
        self.mode != Mode::NoneDue
    }

    fn basket(&self) -> Basket {
        let lines = self.goods.iter().map(|(minor, quantity, basis_points)| LineToPrice {
            unit_price_minor: self.shown(*minor),
            quantity: *quantity,
            tax: rate(*basis_points),
        });
        let shipping = self.shipping.map(|(minor, is_like_goods)| ShippingToPrice {
            amount_minor: self.shown(minor),
            tax: match is_like_goods {
                true => ShippingTax::LikeGoods,
                false => ShippingTax::Own(rate(1_900)),
            },
        });
        let adjustments = self.adjustments.iter().map(|(effect, minor)| Adjustment {
            effect: *effect,
            amount_minor: self.shown(*minor),
            code: "CODE".to_owned(),
            label: "Of a test".to_owned(),
            origin: None,
        });
        let basket = Basket {
            currency: self.to,
            prices_include_tax: self.prices_include_tax,
            lines: lines.collect(),
            shipping,
            adjustments: adjustments.collect(),
        };
        match self.mode {
            Mode::NoneDue => without_tax_in_steps(&basket, step(self.to)).expect("untaxed"),
            _ => basket,
        }
    }
}

fn sum(parts: impl Iterator<Item = i64>) -> i64 {
    parts.sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn every_document_adds_up(sale in sale()) {
        let (basket, priced) = sale.priced();
        let Priced { lines, adjustments, totals } = &priced;
        let on_top = |tax: i64| if totals.prices_include_tax { 0 } else { tax };

        // The cart's lines are those of the list, so many times, unless the tax was taken out.
        for (line, (asked, (minor, quantity, _))) in lines.iter().zip(basket.lines.iter().zip(&sale.goods)) {
            prop_assert_eq!(line.subtotal_minor, asked.unit_price_minor * quantity);
            if sale.mode != Mode::NoneDue {
                prop_assert_eq!(asked.unit_price_minor, sale.shown(*minor));
            }
            prop_assert!(line.discount_minor >= 0 && line.fee_minor >= 0 && line.tax_minor >= 0);
            let left = line.subtotal_minor - line.discount_minor + line.fee_minor;
            prop_assert!(left >= 0);
            prop_assert_eq!(line.total_minor, left + on_top(line.tax_minor));
        }

        // The order's totals are its parts': goods, shipping, what was taken off and put on, and taxes by rate.
        let goods = sum(lines.iter().map(|line| line.subtotal_minor));
        prop_assert_eq!(totals.subtotal_minor, goods);
        let net = goods + totals.shipping_minor - totals.discount_minor + totals.fee_minor;
        prop_assert_eq!(totals.total_minor, net + on_top(totals.tax_minor));
        prop_assert_eq!(totals.tax_minor, sum(totals.taxes.iter().map(|tax| tax.amount_minor)));
        prop_assert!(totals.tax_minor >= sum(lines.iter().map(|line| line.tax_minor)), "the rest is the shipping's");
        if sale.mode == Mode::NoneDue {
            prop_assert_eq!(totals.tax_minor, 0);
        }

        // Each adjustment says where it took effect; a line's are its own.
        let shares = |of: fn(&Effect) -> bool| {
            let of_kind = adjustments.iter().filter(move |applied| of(&applied.adjustment.effect));
            of_kind.flat_map(|applied| &applied.shares)
        };
        let discounts = || shares(|effect| matches!(effect, Effect::Discount(_)));
        let fees = || shares(|effect| matches!(effect, Effect::Fee(_)));
        let credits = || shares(|effect| matches!(effect, Effect::Credit));
        prop_assert_eq!(sum(discounts().map(|share| share.amount_minor)), totals.discount_minor);
        prop_assert_eq!(sum(fees().map(|share| share.amount_minor)), totals.fee_minor);
        prop_assert_eq!(sum(credits().map(|share| share.amount_minor)), totals.credit_minor);
        for (place, line) in lines.iter().enumerate() {
            let own = |share: &&Share| share.of == ShareOf::Line(place);
            prop_assert_eq!(sum(discounts().filter(own).map(|share| share.amount_minor)), line.discount_minor);
            prop_assert_eq!(sum(fees().filter(own).map(|share| share.amount_minor)), line.fee_minor);
        }
        for applied in adjustments {
            let taken = sum(applied.shares.iter().map(|share| share.amount_minor));
            prop_assert!((0..=applied.adjustment.amount_minor.max(0)).contains(&taken), "never more than asked for");
        }

        // The ledger owes what is left of the total, which a provider takes, and mails and invoices write as it is.
        let due = Money::new(totals.total_minor - totals.credit_minor, totals.currency);
        prop_assert!(due.minor >= 0);
        prop_assert_eq!(due.minor % step(sale.to), 0, "{} cannot be charged", due);
        for minor in [totals.total_minor, totals.tax_minor, due.minor] {
            let money = Money::new(minor, totals.currency);
            prop_assert_eq!(Money::parse(&money.decimal(), totals.currency), Ok(money));
        }
    }
}
