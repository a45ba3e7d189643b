//! Variants that a product's options allow and that it does not have.

use crate::documents::admin_product::AdminProductProduct as Product;

/// What the API makes at once.
pub const AT_ONCE: usize = 250;

/// An option's value in each: `[("Size", "L"), ("Wood", "Oak")]`; in the order of the options' values, and at most
/// [`AT_ONCE`]. None where the product has no options, or one that has no values.
pub fn variants(product: &Product) -> Vec<Vec<(String, String)>> {
    let options: Vec<_> = product
        .options
        .iter()
        .map(|option| (option.name.as_str(), option.values.as_slice()))
        .collect();
    let there: Vec<Vec<(&str, &str)>> = product
        .all_variants
        .iter()
        .flatten()
        .map(|variant| {
            let selected = variant.options.iter();
            selected
                .map(|option| (option.name.as_str(), option.value.as_str()))
                .collect()
        })
        .collect();
    missing(&options, &there)
}

fn missing(options: &[(&str, &[String])], there: &[Vec<(&str, &str)>]) -> Vec<Vec<(String, String)>> {
    let mut found = Vec::new();
    if options.is_empty() || options.iter().any(|(_, values)| values.is_empty()) {
        return found;
    }
    // Counts as a clock does: the last option's values change first.
    let mut places = vec![0; options.len()];
    loop {
        let one: Vec<(&str, &str)> = options
            .iter()
            .zip(&places)
            .map(|((name, values), place)| (*name, values[*place].as_str()))
            .collect();
        if !there.iter().any(|known| is_same(known, &one)) {
            let owned = one
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            found.push(owned.collect());
        }
        let next = (0..options.len())
            .rev()
            .find(|at| places[*at] + 1 < options[*at].1.len());
        let Some(at) = next.filter(|_| found.len() < AT_ONCE) else {
            return found;
        };
        places[at] += 1;
        places[at + 1..].fill(0);
    }
}

fn is_same(known: &[(&str, &str)], one: &[(&str, &str)]) -> bool {
    known.len() == one.len() && one.iter().all(|pair| known.contains(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_combination_that_is_not_there_is_found_once() {
        let (sizes, woods) = (["S".to_owned(), "L".to_owned()], ["Oak".to_owned(), "Ash".to_owned()]);
        let options: [(&str, &[String]); 2] = [("Size", &sizes), ("Wood", &woods)];
        let there = vec![
            vec![("Wood", "Oak"), ("Size", "S")],
            vec![("Size", "L"), ("Wood", "Ash")],
        ];
        let found = missing(&options, &there);
        let titles: Vec<_> = found
            .iter()
            .map(|pairs| {
                pairs
                    .iter()
                    .map(|(_, value)| value.as_str())
                    .collect::<Vec<_>>()
                    .join("/")
            })
            .collect();
        assert_eq!(titles, ["S/Ash", "L/Oak"]);
        assert_eq!(missing(&options, &[]).len(), 4);
        assert!(missing(&[], &[]).is_empty() && missing(&[("Size", &[])], &[]).is_empty());
        let many: Vec<String> = (0..400).map(|number| number.to_string()).collect();
        assert_eq!(missing(&[("Number", &many)], &[]).len(), AT_ONCE);
    }
}
