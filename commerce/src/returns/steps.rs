//! What an exchange leaves to be paid, or gives back, is a multiple of what the shop's ways to pay take, as prices at the checkout
//! are. With the tax upon them, goods may cost something between.

/// Lowers what goods cost in all, the last of them first, so that what is left of it beside `paid_minor`, or goes back of that, is a
/// multiple of the step: in the shopper's favour. Gives what they cost then.
pub(super) fn even_out(totals: Vec<&mut i64>, paid_minor: i64, step_minor: i64) -> i64 {
    let mut costs_minor: i64 = totals.iter().map(|total| **total).sum();
    let mut odd_minor = (costs_minor - paid_minor).rem_euclid(step_minor.max(1));
    for total in totals.into_iter().rev() {
        let part_minor = odd_minor.min(*total);
        *total -= part_minor;
        costs_minor -= part_minor;
        odd_minor -= part_minor;
    }
    costs_minor
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::even_out;

    fn evened(mut totals: Vec<i64>, paid_minor: i64, step_minor: i64) -> (Vec<i64>, i64) {
        let costs_minor = even_out(totals.iter_mut().collect(), paid_minor, step_minor);
        (totals, costs_minor)
    }

    #[test]
    fn what_is_paid_or_goes_back_is_a_multiple_of_the_step() {
        // 1,270.50 forint and nothing between: 1,000 are paid, and 270 asked for.
        assert_eq!(evened(vec![127_050], 100_000, 100), (vec![127_000], 127_000));
        // It costs less: 230 go back, and not 229.50.
        assert_eq!(evened(vec![77_050], 100_000, 100), (vec![77_000], 77_000));
        assert_eq!(evened(vec![50_020, 20], 40_000, 100), (vec![50_000, 0], 50_000));
        assert_eq!(evened(vec![127_050], 100_000, 1), (vec![127_050], 127_050));
        assert_eq!(evened(vec![100_050], 100_050, 100), (vec![100_050], 100_050));
    }

    proptest! {
        #[test]
        fn nobody_pays_more(totals in prop::collection::vec(0..100_000i64, 1..5), paid in 0..300_000i64, step in 0..500i64) {
            let before: i64 = totals.iter().sum();
            let (after, costs) = evened(totals.clone(), paid, step);
            prop_assert_eq!(after.iter().sum::<i64>(), costs);
            prop_assert!(after.iter().zip(&totals).all(|(after, before)| (0..=*before).contains(after)));
            prop_assert!(before - costs < step.max(1));
            prop_assert!(costs == 0 || (costs - paid) % step.max(1) == 0);
        }
    }
}
