//! Whoever buys some goods gets others for less.
//!
//! Sets are whole: for each, so much is bought that it asks for, and so many units are given. A unit counts for one of the
//! two. What is given are the cheapest units that may be, so that nobody is given what they had to buy; at equal prices the
//! variant's id decides.

use super::{
    basket::Line,
    measure::{Measure, Missing},
    rule::{Goods, Threshold, What},
};

/// How many units of each line are given, in the order of the lines.
pub(super) fn given(what: &What, lines: &[Line]) -> Vec<i64> {
    let Some(set) = Set::of(what) else {
        return vec![0; lines.len()];
    };
    let times = set.times(lines);
    set.pick(lines, times).unwrap_or_else(|| vec![0; lines.len()])
}

/// What is missing for the first set.
pub(super) fn missing(what: &What, lines: &[Line]) -> Option<Missing> {
    let set = Set::of(what)?;
    if set.pick(lines, 1).is_some() {
        return None;
    }
    let lacking = Measure::of(set.buy, lines).lacks(set.required);
    Some(lacking.unwrap_or_else(|| set.lacking_besides(lines)))
}

struct Set<'rule> {
    buy: &'rule Goods,
    required: Threshold,
    get: &'rule Goods,
    get_quantity: i64,
    times_max: Option<i64>,
}

impl<'rule> Set<'rule> {
    fn of(what: &'rule What) -> Option<Self> {
        match what {
            What::BuyXGetY {
                buy,
                required,
                get,
                get_quantity,
                times_max,
                ..
            } => Some(Self {
                buy,
                required: *required,
                get,
                get_quantity: *get_quantity,
                times_max: *times_max,
            }),
            _ => None,
        }
    }

    /// How many sets there are: with one more, both what must be bought and what is given grow, so that there is one number
    /// up to which they fit.
    fn times(&self, lines: &[Line]) -> i64 {
        let units = Measure::of(self.get, lines).quantity;
        let most = units / self.get_quantity.max(1);
        let (mut fits, mut beyond) = (0, self.times_max.unwrap_or(most).min(most) + 1);
        while beyond - fits > 1 {
            let middle = fits + (beyond - fits) / 2;
            match self.pick(lines, middle) {
                Some(_) => fits = middle,
                None => beyond = middle,
            }
        }
        fits
    }

    /// The units that so many sets give, where what they ask for is bought besides.
    fn pick(&self, lines: &[Line], times: i64) -> Option<Vec<i64>> {
        let wanted = self.get_quantity.checked_mul(times)?;
        // Of what is both to be bought and given, so many must be left to be bought.
        let may_be_given = match self.required {
            Threshold::Quantity(quantity) => {
                let needed = quantity.checked_mul(times)?;
                self.units(lines, |buys, gets| buys && gets)
                    - (needed - self.units(lines, |buys, gets| buys && !gets)).max(0)
            }
            Threshold::SpendMinor(_) => i64::MAX,
        };
        if may_be_given < 0 {
            return None;
        }
        let picked = self.cheapest(lines, wanted, may_be_given)?;
        match self.required {
            Threshold::Quantity(_) => Some(picked),
            Threshold::SpendMinor(minor) => {
                let spent_minor = self.spent_besides(lines, &picked);
                (spent_minor >= minor.checked_mul(times)?).then_some(picked)
            }
        }
    }

    /// The cheapest units that may be given: of those that count as bought, too, at most so many.
    fn cheapest(&self, lines: &[Line], wanted: i64, may_be_given: i64) -> Option<Vec<i64>> {
        let mut order: Vec<usize> = (0..lines.len()).filter(|&place| self.get.has(&lines[place])).collect();
        order.sort_by_key(|&place| (lines[place].unit_price_minor, lines[place].variant));
        let mut picked = vec![0; lines.len()];
        let (mut left, mut may_be_given) = (wanted, may_be_given);
        for place in order {
            let line = &lines[place];
            let is_both = self.buy.has(line);
            let units = match is_both {
                true => line.quantity.min(left).min(may_be_given),
                false => line.quantity.min(left),
            };
            if is_both {
                may_be_given -= units;
            }
            picked[place] = units;
            left -= units;
        }
        (left == 0).then_some(picked)
    }

    fn units(&self, lines: &[Line], counts: impl Fn(bool, bool) -> bool) -> i64 {
        let counted = lines
            .iter()
            .filter(|line| counts(self.buy.has(line), self.get.has(line)));
        counted.map(|line| line.quantity).fold(0, i64::saturating_add)
    }

    /// What the units that are not given cost, of those that count as bought.
    fn spent_besides(&self, lines: &[Line], picked: &[i64]) -> i64 {
        let bought = lines.iter().zip(picked).filter(|(line, _)| self.buy.has(line));
        bought
            .map(|(line, given)| line.unit_price_minor.saturating_mul(line.quantity - given))
            .fold(0, i64::saturating_add)
    }

    /// What the first set lacks, where enough would be bought if nothing of it were given.
    fn lacking_besides(&self, lines: &[Line]) -> Missing {
        let there = Measure::of(self.get, lines).quantity;
        let wanted = match self.required {
            // What is bought may be of the same goods.
            Threshold::Quantity(quantity) => {
                let of_others = self.units(lines, |buys, gets| buys && !gets);
                self.get_quantity.saturating_add((quantity - of_others).max(0))
            }
            Threshold::SpendMinor(minor) => match self.cheapest(lines, self.get_quantity, i64::MAX) {
                Some(picked) => return Missing::SpendMinor((minor - self.spent_besides(lines, &picked)).max(1)),
                None => self.get_quantity,
            },
        };
        Missing::Gift((wanted - there).max(1))
    }
}
