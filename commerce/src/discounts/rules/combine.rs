//! Which discounts together take most off.

use super::{
    amount::{Left, Taken},
    basket::Basket,
    rule::Candidate,
};

/// How many combinations are tried. Those of higher priority are tried first; a shop's bounds on discounts keep far below.
const COMBINATIONS_MAX: usize = 4_096;

/// More are not looked at: those of the highest rank are.
const CANDIDATES_MAX: usize = 64;

/// Which of `candidates`, in the order in which they apply, take most off together, and how much each does.
///
/// Whatever is taken off leaves less for those after it, but never so much less that the shopper pays more: so only
/// combinations to which nothing can be added are tried.
pub(super) fn best(candidates: &[&Candidate], basket: &Basket) -> Vec<(usize, Taken)> {
    let candidates = &candidates[..candidates.len().min(CANDIDATES_MAX)];
    let beside: Vec<u64> = candidates.iter().map(|one| beside(one, candidates)).collect();
    let mut search = Search {
        beside: &beside,
        found: Vec::new(),
    };
    let all = match candidates.len() {
        CANDIDATES_MAX => u64::MAX,
        count => (1 << count) - 1,
    };
    search.grow(0, all, 0);
    let mut best: Option<(i64, Vec<(usize, Taken)>)> = None;
    for combination in search.found {
        let taken = apply(combination, candidates, basket);
        let sum_minor = taken
            .iter()
            .map(|(_, taken)| taken.sum_minor())
            .fold(0, i64::saturating_add);
        // Of equals the first that was found: its members rank higher.
        if best.as_ref().is_none_or(|(most, _)| sum_minor > *most) {
            best = Some((sum_minor, taken));
        }
    }
    best.map(|(_, taken)| taken).unwrap_or_default()
}

/// Which others may apply beside it.
fn beside(one: &Candidate, candidates: &[&Candidate]) -> u64 {
    let allows = |one: &Candidate, other: &Candidate| one.rule.combines_with.contains(&other.rule.what.class());
    let others = candidates
        .iter()
        .enumerate()
        .filter(|(_, other)| other.discount != one.discount && allows(one, other) && allows(other, one));
    others.fold(0, |all, (place, _)| all | 1 << place)
}

fn apply(combination: u64, candidates: &[&Candidate], basket: &Basket) -> Vec<(usize, Taken)> {
    let mut left = Left::of(basket);
    let members = (0..candidates.len()).filter(|place| combination & (1 << place) != 0);
    members
        .map(|place| (place, left.take(&candidates[place].rule.what, basket)))
        .collect()
}

/// All combinations to which nothing can be added (Bron and Kerbosch), those of the first candidates first.
struct Search<'a> {
    beside: &'a [u64],
    found: Vec<u64>,
}

impl Search<'_> {
    fn grow(&mut self, chosen: u64, mut open: u64, mut done: u64) {
        if self.found.len() >= COMBINATIONS_MAX {
            return;
        }
        if open == 0 {
            if done == 0 && chosen != 0 {
                self.found.push(chosen);
            }
            return;
        }
        // Whatever goes with the pivot is found with it.
        let pivot = (open | done).trailing_zeros() as usize;
        let mut tried = open & !self.beside[pivot];
        while tried != 0 {
            let place = tried.trailing_zeros() as usize;
            let bit = 1 << place;
            tried &= !bit;
            self.grow(chosen | bit, open & self.beside[place], done & self.beside[place]);
            open &= !bit;
            done |= bit;
        }
    }
}
