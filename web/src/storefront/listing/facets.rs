//! The properties by which a list is filtered, as links.

use serde::Serialize;

use super::asked::{ATTRIBUTE, Asked};
use crate::{
    documents::listing::{FacetKind, ListingProductSearchFacets},
    visit::Visit,
};

/// The rest is found by searching.
const VALUES_MAX: usize = 10;

#[derive(Serialize)]
pub struct Links {
    name: String,
    values: Vec<Link>,
    is_chosen: bool,
}

#[derive(Serialize)]
struct Link {
    label: String,
    count: i64,
    selected: bool,
    href: String,
}

/// `place`: the facet that the whole list is a value of.
pub fn links(visit: &Visit, asked: &Asked, place: &str, facets: &[ListingProductSearchFacets]) -> Vec<Links> {
    let shown = facets.iter().filter_map(|facet| {
        let (parameter, name) = named(visit, facet);
        let values: Vec<_> = of(visit, asked, &parameter, facet);
        // One value that all have chooses nothing.
        let is_chosen = values.iter().any(|link| link.selected);
        let chooses = values.len() > 1 || is_chosen;
        (parameter != place && chooses).then_some(Links {
            name,
            values,
            is_chosen,
        })
    });
    shown.collect()
}

fn of(visit: &Visit, asked: &Asked, parameter: &str, facet: &ListingProductSearchFacets) -> Vec<Link> {
    let of_value = facet.values.iter().filter(|value| value.count > 0 || value.selected);
    let of_value = of_value.filter(|value| parameter != "in_stock" || value.value == "true");
    let links = of_value.map(|value| Link {
        label: if parameter == "in_stock" {
            visit.say("facet.in_stock")
        } else {
            value.label.clone()
        },
        count: value.count,
        selected: value.selected,
        href: asked.toggled(visit.uri.path(), parameter, &value.value),
    });
    links.take(VALUES_MAX).collect()
}

/// Its name in addresses, and the one that people read.
fn named(visit: &Visit, facet: &ListingProductSearchFacets) -> (String, String) {
    let (parameter, word) = match &facet.kind {
        FacetKind::Category => ("category", "facet.CATEGORY"),
        FacetKind::Collection => ("collection", "facet.COLLECTION"),
        FacetKind::Tag => ("tag", "facet.TAG"),
        FacetKind::Vendor => ("vendor", "facet.VENDOR"),
        FacetKind::InStock => ("in_stock", "facet.IN_STOCK"),
        FacetKind::Attribute | FacetKind::Other(_) => {
            return (format!("{ATTRIBUTE}{}", facet.name), facet.label.clone());
        }
    };
    (parameter.to_owned(), visit.say(word))
}
