//! Facets as staff want them: those of attributes that are filters, in their order, and their choices in
//! theirs. Pure.

use super::definitions::Definition;
use crate::ports::search::{Facet, FacetKind};

/// Leaves out what is no filter. What is defined comes first among the attributes.
pub(crate) fn arrange(facets: Vec<Facet>, definitions: &[Definition]) -> Vec<Facet> {
    let place = |name: &str| definitions.iter().position(|definition| definition.row.name == name);
    let mut facets: Vec<_> = facets
        .into_iter()
        .filter_map(|mut facet| {
            let FacetKind::Attribute(name) = &facet.kind else {
                let is_last = facet.kind == FacetKind::InStock;
                return Some((if is_last { (2, 0) } else { (0, 0) }, facet));
            };
            let Some(place) = place(name) else {
                return Some(((1, definitions.len()), facet));
            };
            let definition = &definitions[place];
            let choices = &definition.choices;
            let of = |value: &str| choices.iter().position(|choice| choice.value == value);
            if !choices.is_empty() {
                facet.values.sort_by_key(|value| of(&value.value).unwrap_or(usize::MAX));
            }
            definition.row.filterable.then_some(((1, place), facet))
        })
        .collect();
    facets.sort_by_key(|(key, _)| *key);
    facets.into_iter().map(|(_, facet)| facet).collect()
}
