//! What one variant must have all by itself: a shirt that is there in red and in M is not found by "red and M" where
//! no variant is both. Pure.
//!
//! A document says which options its variants have together, in sets; a filter is then one of several ways, in each of
//! which some of its attributes are those of one variant and the others the product's own.

use super::{SearchFilter, named};

/// How many attributes are looked at together: as many as a product has options. Further ones of a filter must hold by
/// themselves.
const TOGETHER_MAX: usize = 3;
/// How many values of each; one that has more must hold by itself.
const VALUES_MAX: usize = 50;
/// How many sets one way may name; where there are more, each attribute must hold by itself.
const SETS_MAX: usize = 500;
/// How many values a variant's sets are made of: its options, and then its attributes. Whoever makes a document has
/// further ones hold by themselves, as if they were the product's.
pub const OF_VARIANT_MAX: usize = 8;

/// Between the parts of a set.
const SEPARATOR: &str = "␟";
/// Before the options of what is in stock.
const IN_STOCK: &str = "in stock";

/// One way in which a product may hold a filter. All of it must be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// For each attribute that is the product's own: any of these, [`named()`].
    pub own: Vec<Vec<String>>,
    /// Any of these sets; none is asked for where there is none.
    pub sets: Vec<String>,
    /// Whether any variant must be in stock.
    pub in_stock: bool,
}

/// All that a variant has together, as sets: of its options and attributes (name and value), each selection of up to
/// three, once by itself and once more if it is in stock.
pub fn sets(values: &[(&str, &str)], in_stock: bool) -> Vec<String> {
    let values = &values[..values.len().min(OF_VARIANT_MAX)];
    let mut sets = Vec::new();
    for mask in (1_u32..1 << values.len()).filter(|mask| mask.count_ones() as usize <= TOGETHER_MAX) {
        let chosen = selected(values, mask).into_iter();
        let chosen: Vec<(String, String)> = chosen
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        sets.push(set(&chosen, false));
        if in_stock {
            sets.push(set(&chosen, true));
        }
    }
    sets
}

/// The ways to hold a filter, of which any will do; none where each of its parts may hold by itself.
pub fn ways(filter: &SearchFilter) -> Vec<Way> {
    let in_stock = filter.in_stock == Some(true);
    let within = |values: &Vec<String>| (1..=VALUES_MAX).contains(&values.len());
    let names = filter.attributes.iter().filter(|(_, values)| within(values));
    let names: Vec<&(String, Vec<String>)> = names.take(TOGETHER_MAX).collect();
    let is_twice =
        |(place, (name, _)): (usize, &&(String, Vec<String>))| names[..place].iter().any(|(other, _)| other == name);
    if names.is_empty() || names.len() + usize::from(in_stock) < 2 || names.iter().enumerate().any(is_twice) {
        return Vec::new();
    }
    let masks = 0_u32..1 << names.len();
    let ways: Vec<Way> = masks.map(|mask| way(&names, mask, in_stock)).collect();
    match ways.iter().any(|way| way.sets.len() > SETS_MAX) {
        true => Vec::new(),
        false => ways,
    }
}

/// The way in which the attributes of `mask` are options of one variant.
fn way(names: &[&(String, Vec<String>)], mask: u32, in_stock: bool) -> Way {
    let mut combined: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for (name, values) in selected(names, mask) {
        if combined.len().saturating_mul(values.len()) > SETS_MAX {
            // Too many: whoever asks sees it by their number.
            combined = vec![Vec::new(); SETS_MAX + 1];
            break;
        }
        let with = |set: &Vec<(String, String)>| {
            let with = |value: &String| [set.clone(), vec![(name.clone(), value.clone())]].concat();
            values.iter().map(with).collect::<Vec<_>>()
        };
        combined = combined.iter().flat_map(with).collect();
    }
    let own = selected(names, !mask).into_iter();
    let own = own.map(|(name, values)| values.iter().map(|value| named(name, value)).collect());
    Way {
        own: own.collect(),
        sets: match mask {
            0 => Vec::new(),
            _ => combined.iter().map(|options| set(options, in_stock)).collect(),
        },
        in_stock: in_stock && mask == 0,
    }
}

fn selected<T>(all: &[T], mask: u32) -> Vec<&T> {
    let is_in = |(place, _): &(usize, &T)| mask & (1 << place) != 0;
    all.iter().enumerate().filter(is_in).map(|(_, one)| one).collect()
}

/// Options in one order, whatever they are given in.
fn set(options: &[(String, String)], in_stock: bool) -> String {
    let mut parts: Vec<String> = options.iter().map(|(name, value)| named(name, value)).collect();
    parts.sort_by_key(|part| part.to_lowercase());
    if in_stock {
        parts.insert(0, IN_STOCK.to_owned());
    }
    parts.join(SEPARATOR)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(attributes: &[(&str, &[&str])], in_stock: Option<bool>) -> SearchFilter {
        let owned = |(name, values): &(&str, &[&str])| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            ((*name).to_owned(), values)
        };
        SearchFilter {
            attributes: attributes.iter().map(owned).collect(),
            in_stock,
            ..SearchFilter::default()
        }
    }

    #[test]
    fn a_variant_has_every_selection_of_its_options() {
        let of = sets(&[("Size", "M"), ("Color", "Red")], true);
        for set in [
            "Size=M",
            "Color=Red",
            "Color=Red␟Size=M",
            "in stock␟Color=Red␟Size=M",
            "in stock␟Size=M",
        ] {
            assert!(of.contains(&set.to_owned()), "{set}: {of:?}");
        }
        assert_eq!(
            (of.len(), sets(&[("Size", "M"), ("Color", "Red")], false).len()),
            (6, 3)
        );
    }

    #[test]
    fn more_attributes_than_a_set_has_hold_by_themselves() {
        let ways = ways(&filter(
            &[("A", &["1"]), ("B", &["1"]), ("C", &["1"]), ("D", &["1"])],
            Some(true),
        ));
        assert_eq!(ways.len(), 8);
        assert!(
            ways.iter()
                .flat_map(|way| way.own.iter().flatten().chain(&way.sets))
                .all(|part| !part.contains("D="))
        );
        assert_eq!(ways[7].sets, ["in stock␟A=1␟B=1␟C=1"]);
    }

    #[test]
    fn an_attribute_is_the_products_own_or_an_option() {
        let ways = ways(&filter(&[("Color", &["Red", "Blue"]), ("Size", &["M"])], None));
        assert_eq!(ways.len(), 4);
        assert_eq!(ways[0].own, [vec!["Color=Red", "Color=Blue"], vec!["Size=M"]]);
        assert_eq!(
            (&ways[1].own[..], &ways[1].sets[..]),
            (
                &[vec!["Size=M".to_owned()]][..],
                &["Color=Red".to_owned(), "Color=Blue".to_owned()][..]
            )
        );
        assert_eq!(ways[3].sets, ["Color=Red␟Size=M", "Color=Blue␟Size=M"]);
    }

    #[test]
    fn what_is_in_stock_is_the_variant_that_has_the_option() {
        let ways = ways(&filter(&[("Color", &["Red"])], Some(true)));
        assert_eq!(
            (ways[0].in_stock, &ways[0].own),
            (true, &vec![vec!["Color=Red".to_owned()]])
        );
        assert_eq!(
            (ways[1].in_stock, &ways[1].sets),
            (false, &vec!["in stock␟Color=Red".to_owned()])
        );
    }

    #[test]
    fn what_holds_by_itself_has_no_ways() {
        assert_eq!(ways(&filter(&[("Color", &["Red"])], Some(false))), []);
        assert_eq!(ways(&filter(&[], Some(true))), []);
        assert_eq!(ways(&filter(&[("Color", &["Red"]), ("Color", &["Blue"])], None)), []);
        let many: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(ways(&filter(&[("A", &many), ("B", &many)], None)), []);
    }
}
