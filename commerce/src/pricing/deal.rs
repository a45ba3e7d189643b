//! Which of several prices somebody pays for one unit. Pure.
//!
//! | there is | one unit costs |
//! | --- | --- |
//! | no catalog for them | the shop's price; from a quantity on, the quantity price for everybody |
//! | a catalog that fixes the variant's price | that; of its quantity prices the one with the greatest quantity that is reached |
//! | a catalog that fixes none | what everybody would pay at that quantity, with the catalog's percentage |
//! | several catalogs | the lowest that one of them gives; of equals, the first catalog's |
//!
//! A catalog that fixes prices from some quantity on, and fewer units are bought, fixes none for those.

use crate::money::divide_half_even;

/// The price of one unit where so many are bought, or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantityPrice {
    pub from: i64,
    pub amount_minor: i64,
}

/// How many units may be bought at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantityRule {
    pub minimum: i64,
    pub maximum: Option<i64>,
    /// How many more at a time, counted from nothing.
    pub step: i64,
}

impl QuantityRule {
    pub fn allows(&self, quantity: i64) -> bool {
        quantity >= self.minimum
            && self.maximum.is_none_or(|maximum| quantity <= maximum)
            && quantity % self.step.max(1) == 0
    }
}

/// What a catalog says of a variant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// Of what everybody pays, in hundredths of a percent; negative for less.
    pub adjustment_basis_points: i32,
    /// What it fixes instead, by quantity.
    pub prices: Vec<QuantityPrice>,
    pub rule: Option<QuantityRule>,
}

/// What decides the price of a variant for somebody, beside the shop's price.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deal {
    /// Of everybody.
    pub quantity_prices: Vec<QuantityPrice>,
    /// Of the catalogs that apply to whoever buys, in their order.
    pub offers: Vec<Offer>,
}

/// What one unit costs, and by which offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Won<'deal> {
    pub amount_minor: i64,
    pub offer: Option<&'deal Offer>,
    /// Whether everybody pays as much, whichever offer it is by.
    pub is_everybodys: bool,
}

impl Deal {
    /// What one unit costs where `quantity` are bought. `base_minor` is the shop's price; percentages come to multiples of
    /// `step_minor`. `None` where nobody sells it.
    pub fn unit_price(&self, base_minor: Option<i64>, quantity: i64, step_minor: i64) -> Option<Won<'_>> {
        let everybodys = base_minor.map(|base| reached(&self.quantity_prices, quantity).unwrap_or(base));
        let offered = self.offers.iter().filter_map(|offer| {
            let fixed = reached(&offer.prices, quantity);
            let amount_minor = fixed.or_else(|| everybodys.and_then(|base| adjusted(base, offer, step_minor)))?;
            Some(Won {
                amount_minor,
                offer: Some(offer),
                is_everybodys: everybodys == Some(amount_minor),
            })
        });
        let lowest = offered.min_by_key(|won| won.amount_minor);
        lowest.or(everybodys.map(|amount_minor| Won {
            amount_minor,
            offer: None,
            is_everybodys: true,
        }))
    }

    /// What one unit costs, and from how many on it costs something else, the least quantity first.
    pub fn steps(&self, base_minor: Option<i64>, step_minor: i64) -> Vec<QuantityPrice> {
        let offered = self.offers.iter().flat_map(|offer| &offer.prices);
        let mut quantities: Vec<i64> = self
            .quantity_prices
            .iter()
            .chain(offered)
            .map(|price| price.from)
            .collect();
        quantities.push(1);
        quantities.sort_unstable();
        quantities.dedup();
        let mut steps: Vec<QuantityPrice> = Vec::new();
        for from in quantities {
            let Some(won) = self.unit_price(base_minor, from, step_minor) else {
                continue;
            };
            if steps.last().is_none_or(|last| last.amount_minor != won.amount_minor) {
                steps.push(QuantityPrice {
                    from,
                    amount_minor: won.amount_minor,
                });
            }
        }
        steps
    }
}

/// The price of the greatest quantity that is reached.
fn reached(prices: &[QuantityPrice], quantity: i64) -> Option<i64> {
    let within = prices.iter().filter(|price| price.from <= quantity);
    within.max_by_key(|price| price.from).map(|price| price.amount_minor)
}

/// Rounded to the step where the base is a multiple of it, half to even. `None` where no amount can say it.
fn adjusted(base_minor: i64, offer: &Offer, step_minor: i64) -> Option<i64> {
    if offer.adjustment_basis_points == 0 {
        return Some(base_minor);
    }
    let step = match step_minor > 1 && base_minor % step_minor == 0 {
        true => i128::from(step_minor),
        false => 1,
    };
    let points = i128::from(10_000 + i64::from(offer.adjustment_basis_points));
    let steps = divide_half_even(i128::from(base_minor) * points, 10_000 * step);
    i64::try_from(steps * step).ok()
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn price(from: i64, amount_minor: i64) -> QuantityPrice {
        QuantityPrice { from, amount_minor }
    }

    fn offer(adjustment_basis_points: i32, prices: &[QuantityPrice]) -> Offer {
        Offer {
            adjustment_basis_points,
            prices: prices.to_vec(),
            rule: None,
        }
    }

    fn paid(deal: &Deal, base: Option<i64>, quantity: i64) -> Option<i64> {
        deal.unit_price(base, quantity, 1).map(|won| won.amount_minor)
    }

    #[test]
    fn the_table_holds() {
        let everybody = Deal {
            quantity_prices: vec![price(10, 890), price(100, 790)],
            offers: Vec::new(),
        };
        let of = |quantity| paid(&everybody, Some(1_000), quantity);
        assert_eq!(
            [of(1), of(9), of(10), of(99), of(100)].map(Option::unwrap),
            [1_000, 1_000, 890, 890, 790]
        );
        assert_eq!(
            everybody.steps(Some(1_000), 1),
            [price(1, 1_000), price(10, 890), price(100, 790)]
        );

        let fixed = Deal {
            offers: vec![offer(-1_000, &[price(1, 950), price(50, 600)])],
            ..everybody.clone()
        };
        assert_eq!(
            [paid(&fixed, Some(1_000), 10), paid(&fixed, Some(1_000), 50)],
            [Some(950), Some(600)]
        );
        let less = Deal {
            offers: vec![offer(-1_000, &[])],
            ..everybody.clone()
        };
        assert_eq!(
            [paid(&less, Some(1_000), 1), paid(&less, Some(1_000), 100)],
            [Some(900), Some(711)]
        );
        let from_ten = Deal {
            offers: vec![offer(-1_000, &[price(10, 500)])],
            ..Deal::default()
        };
        assert_eq!(
            [paid(&from_ten, Some(1_000), 9), paid(&from_ten, Some(1_000), 10)],
            [Some(900), Some(500)]
        );
        let several = Deal {
            offers: vec![offer(500, &[]), offer(-500, &[]), offer(0, &[price(1, 950)])],
            ..Deal::default()
        };
        let won = several.unit_price(Some(1_000), 1, 1).unwrap();
        assert_eq!((won.amount_minor, won.offer), (950, Some(&several.offers[1])));
        let dearer = Deal {
            offers: vec![offer(500, &[])],
            ..Deal::default()
        };
        assert_eq!(paid(&dearer, Some(1_000), 1), Some(1_050));
        let same = Deal {
            offers: vec![offer(0, &[])],
            ..Deal::default()
        };
        let is_everybodys = |deal: &Deal| deal.unit_price(Some(1_000), 1, 1).unwrap().is_everybodys;
        assert_eq!(
            [is_everybodys(&same), is_everybodys(&dearer), is_everybodys(&everybody)],
            [true, false, true]
        );

        // What the shop has no price for is sold where a catalog fixes one.
        assert_eq!((paid(&less, None, 1), paid(&fixed, None, 1)), (None, Some(950)));
        // Of a currency that is paid in tens.
        assert_eq!(less.unit_price(Some(1_230), 1, 10).unwrap().amount_minor, 1_110);
    }

    #[test]
    fn a_rule_counts_from_nothing() {
        let rule = QuantityRule {
            minimum: 10,
            maximum: Some(30),
            step: 5,
        };
        let allowed: Vec<_> = (0..40).filter(|quantity| rule.allows(*quantity)).collect();
        assert_eq!(allowed, [10, 15, 20, 25, 30]);
    }

    fn prices() -> impl Strategy<Value = Vec<QuantityPrice>> {
        vec((1..200_i64, 0..100_000_i64), 0..4)
            .prop_map(|prices| prices.into_iter().map(|(from, amount)| price(from, amount)).collect())
    }

    fn offers() -> impl Strategy<Value = Vec<Offer>> {
        vec((-10_000..100_000_i32, prices()), 0..5).prop_map(|offers| {
            offers
                .into_iter()
                .map(|(points, prices)| offer(points, &prices))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn one_more_catalog_never_makes_it_dearer_once_there_is_one(
            quantity_prices in prices(), offers in offers(), one_more in offers(),
            base in 0..1_000_000_i64, quantity in 1..300_i64, step in prop::sample::select(vec![1_i64, 5, 10]),
        ) {
            let deal = Deal { quantity_prices, offers };
            let won = deal.unit_price(Some(base), quantity, step).expect("a price");
            prop_assert!(won.amount_minor >= 0);
            prop_assert_eq!(won.offer.is_some(), !deal.offers.is_empty());
            // It is what one of them gives alone, and none gives less.
            let alone = |offer: &Offer| {
                let deal = Deal { quantity_prices: deal.quantity_prices.clone(), offers: vec![offer.clone()] };
                deal.unit_price(Some(base), quantity, step).expect("a price").amount_minor
            };
            prop_assert_eq!(deal.offers.iter().map(alone).min().unwrap_or(won.amount_minor), won.amount_minor);
            if !deal.offers.is_empty() {
                let mut more = deal.clone();
                more.offers.extend(one_more);
                prop_assert!(more.unit_price(Some(base), quantity, step).expect("a price").amount_minor <= won.amount_minor);
            }
            // The table that is shown tells what is paid, at any quantity.
            let steps = deal.steps(Some(base), step);
            prop_assert_eq!(reached(&steps, quantity), Some(won.amount_minor));
        }
    }
}
