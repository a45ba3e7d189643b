//! Splits an amount so that the parts add up.

/// Splits `amount_minor` in proportion to `weights`, none of them negative, by the largest
/// remainder: the parts add up to it, and each is within a minor unit of its exact share, so that it
/// exceeds its weight only where the amount exceeds all of them. Of equal remainders the earlier is
/// rounded up first. Where no weight is more than 0, all weigh the same.
pub(crate) fn allocate(amount_minor: i64, weights: &[i64]) -> Vec<i64> {
    let is_free = weights.iter().all(|weight| *weight == 0);
    let weight_of = |weight: &i64| if is_free { 1 } else { i128::from(*weight) };
    let whole: i128 = weights.iter().map(weight_of).sum();
    let exact: Vec<_> = weights
        .iter()
        .map(|weight| i128::from(amount_minor) * weight_of(weight))
        .collect();
    // A part of an `i64` fits into one.
    let mut parts: Vec<i64> = exact.iter().map(|exact| (exact / whole) as i64).collect();
    let rest = amount_minor - parts.iter().sum::<i64>();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|&index| std::cmp::Reverse(exact[index] % whole));
    for (index, _) in by_remainder.into_iter().zip(0..rest) {
        parts[index] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_remainders_are_rounded_up() {
        assert_eq!(allocate(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(allocate(5, &[3, 7]), [2, 3], "1.5 and 3.5");
        assert_eq!(allocate(10, &[199, 1, 800]), [2, 0, 8]);
        assert_eq!(allocate(7, &[0, 0]), [4, 3], "what is free weighs the same");
        assert_eq!(allocate(7, &[0, 5]), [0, 7]);
        assert_eq!(
            allocate(i64::MAX, &[i64::MAX, i64::MAX]),
            [i64::MAX / 2 + 1, i64::MAX / 2]
        );
        assert_eq!(allocate(1, &[]), [0i64; 0]);
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_are_fair(
            amount in prop_oneof![0i64..200, 0i64..1 << 60],
            weights in prop::collection::vec(prop_oneof![0i64..20, 0i64..1 << 60], 1..20),
        ) {
            let parts = allocate(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
            prop_assume!(whole > 0);
            for (part, weight) in parts.iter().zip(&weights) {
                // Both sides times the whole: |part - amount * weight / whole| < 1.
                let exact = i128::from(amount) * i128::from(*weight);
                prop_assert!((i128::from(*part) * whole - exact).abs() < whole);
                prop_assert!(part <= weight || i128::from(amount) > whole);
            }
        }
    }
}
