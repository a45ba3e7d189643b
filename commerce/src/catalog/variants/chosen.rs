//! The variant that a shopper's choice leads to: pure.

use vitrine_entity::variant;

use super::family::strings;

/// The one variant that has all the values that are named; none where a name is no option's, or the choice
/// leaves several.
pub fn chosen(
    variants: Vec<variant::Model>,
    options: &[&str],
    selected: &[(String, String)],
) -> Option<variant::Model> {
    let places: Option<Vec<_>> = selected
        .iter()
        .map(|(name, value)| Some((options.iter().position(|option| option == name)?, value)))
        .collect();
    let places = places?;
    let fits = |row: &variant::Model| {
        let values = strings(&row.option_values);
        places.iter().all(|(place, value)| values.get(*place) == Some(*value))
    };
    let mut fitting = variants.into_iter().filter(fits);
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}
