//! How options as staff want them change those that are there, and the values of variants: pure.

use std::collections::HashSet;

use crate::{
    ErrorCode, Refusal,
    catalog::{
        fields::Refusals,
        save::OPTIONS_MAX,
        variants::{Family, ProductOption, live, strings},
    },
    language::messages,
    text,
};

/// The most values of one option.
const VALUES_MAX: usize = 1_000;

/// An option as it should be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OptionChange {
    /// Its name now; one that the product does not have is added.
    pub name: String,
    pub new_name: Option<String>,
    /// All its values in display order; `None` leaves them.
    pub values: Option<Vec<ValueChange>>,
}

/// An option's value as it should be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ValueChange {
    /// The value now; one that the option does not have is added.
    pub value: String,
    pub new_value: Option<String>,
    /// `Some(None)` takes the swatch away.
    pub swatch: Option<Option<SwatchFields>>,
}

/// A colour, a picture, or both: the picture is shown where there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SwatchFields {
    pub colour: Option<String>,
    pub image_source: Option<String>,
}

/// What became of an option, and of its values.
pub(super) struct Arranged {
    /// Its place among the options before; `None` for a new one.
    pub(super) from: Option<usize>,
    pub(super) option: ProductOption,
    /// Values before and after, of those that stay.
    pub(super) values: Vec<(String, String)>,
}

/// Makes the family's options what `changes` say, and its variants follow.
pub(super) fn arrange(family: &mut Family, changes: &[OptionChange], refusals: &mut Refusals) -> Vec<Arranged> {
    refusals.at_most("options", changes.len(), OPTIONS_MAX);
    let arranged: Vec<_> = changes
        .iter()
        .enumerate()
        .take(OPTIONS_MAX)
        .map(|(index, change)| one(family, index, change, refusals))
        .collect();
    let mut names = HashSet::new();
    for (index, arranged) in arranged.iter().enumerate() {
        if !names.insert(arranged.option.name.clone()) {
            let message = messages::option_there_twice(&arranged.option.name);
            refusals.refuse(&["options", &index.to_string(), "name"], message);
        }
    }
    follow(family, &arranged, refusals);
    family.options = arranged.iter().map(|arranged| arranged.option.clone()).collect();
    arranged
}

fn one(family: &Family, index: usize, change: &OptionChange, refusals: &mut Refusals) -> Arranged {
    let (path, called) = (index.to_string(), text::normal(&change.name));
    let from = family.options.iter().position(|option| option.name == called);
    let field = if change.new_name.is_some() { "newName" } else { "name" };
    let mut name = change.new_name.as_ref().unwrap_or(&change.name).clone();
    refusals.line(&["options", &path, field], &mut name, 100);
    let before = from.map_or(&[][..], |from| &family.options[from].values);
    let kept = |value: &String| (value.clone(), value.clone());
    let values = match &change.values {
        None => before.iter().map(kept).collect(),
        Some(values) => renamed(values, &path, refusals),
    };
    Arranged {
        from,
        option: ProductOption {
            name,
            values: values.iter().map(|(_, after)| after.clone()).collect(),
        },
        values,
    }
}

fn renamed(changes: &[ValueChange], path: &str, refusals: &mut Refusals) -> Vec<(String, String)> {
    if changes.len() > VALUES_MAX {
        let message = messages::option_values_max(VALUES_MAX, changes.len());
        refusals.refuse(&["options", path, "values"], message);
    }
    let (mut values, mut seen) = (Vec::new(), (HashSet::new(), HashSet::new()));
    for (index, change) in changes.iter().enumerate().take(VALUES_MAX) {
        let field = ["options", path, "values", &index.to_string()];
        let mut after = change.new_value.as_ref().unwrap_or(&change.value).clone();
        refusals.line(&field, &mut after, 255);
        let before = text::normal(&change.value);
        if !seen.0.insert(before.clone()) || !seen.1.insert(after.clone()) {
            refusals.refuse(&field, messages::option_value_twice(&after));
        }
        values.push((before, after));
    }
    values
}

/// Gives every variant its values for the options as they are to be.
fn follow(family: &mut Family, arranged: &[Arranged], refusals: &mut Refusals) {
    let mut in_use = HashSet::new();
    for place in 0..family.variants.len() {
        let row = &family.variants[place];
        let (before, is_live) = (strings(&row.option_values), live(row));
        let mut after = Vec::with_capacity(arranged.len());
        for (index, arranged) in arranged.iter().enumerate() {
            let Some(value) = arranged.from.and_then(|from| before.get(from)) else {
                after.push(first_value(arranged, index, is_live, refusals));
                continue;
            };
            let renamed = arranged.values.iter().find(|(before, _)| before == value);
            if renamed.is_none() && is_live && in_use.insert((index, value.clone())) {
                let message = messages::option_value_in_use(value, row_sku(family, place));
                let refusal = Refusal::new(ErrorCode::Invalid, message);
                refusals.0.push(refusal.at(&["options", &index.to_string(), "values"]));
            }
            after.push(renamed.map_or_else(|| value.clone(), |(_, after)| after.clone()));
        }
        family.choose(place, after);
    }
}

/// What the variants that are there have of a new option: its first value.
fn first_value(arranged: &Arranged, index: usize, is_live: bool, refusals: &mut Refusals) -> String {
    let first = arranged.option.values.first().cloned();
    let field = ["options", &index.to_string(), "values"].map(str::to_owned);
    let told = refusals.0.iter().any(|refusal| refusal.field == field);
    if first.is_none() && is_live && !told {
        let message = messages::option_needs_values();
        refusals.refuse(&["options", &index.to_string(), "values"], message);
    }
    first.unwrap_or_default()
}

fn row_sku(family: &Family, place: usize) -> &str {
    &family.variants[place].sku
}
