//! From what is asked to Meilisearch's filters, sorts and pages.

use vitrine_commerce::ports::search::{
    HITS_MAX, SearchRequest, SearchSort, named,
    one_variant::{self, Way},
};

/// What lies behind is neither counted nor shown.
pub(super) const TOTAL_HITS_MAX: usize = 1_000_000;

/// The attributes whose values are counted.
pub(super) const FACETS: [&str; 6] = ["categories", "collections", "vendor", "tags", "attributes", "in_stock"];

/// Filters that must all hold, with the attribute of the prices asked for. Values stand in quotes, with what has a meaning
/// there escaped.
pub(super) fn filter(request: &SearchRequest, price_attribute: &str) -> Vec<String> {
    let filter = &request.filter;
    let mut all = Vec::new();
    let mut any_of = |attribute: &str, values: &mut dyn Iterator<Item = String>| {
        let values: Vec<String> = values.map(|value| quoted(&value)).collect();
        if !values.is_empty() {
            all.push(format!("{attribute} IN [{}]", values.join(", ")));
        }
    };
    any_of("categories", &mut filter.categories.iter().cloned());
    any_of("collections", &mut filter.collections.iter().cloned());
    any_of("vendor", &mut filter.vendors.iter().cloned());
    any_of("tags", &mut filter.tags.iter().cloned());
    for (name, values) in &filter.attributes {
        any_of("attributes", &mut values.iter().map(|value| named(name, value)));
    }
    // What has no price in another currency is not sold in it.
    let price_min_minor = filter.price_min_minor.or(request.currency.map(|_| 0));
    all.extend(price_min_minor.map(|price| format!("{price_attribute} >= {price}")));
    all.extend(
        filter
            .price_max_minor
            .map(|price| format!("{price_attribute} <= {price}")),
    );
    all.extend(filter.in_stock.map(|in_stock| format!("in_stock = {in_stock}")));
    let ways: Vec<String> = one_variant::ways(filter).iter().map(way).collect();
    if !ways.is_empty() {
        all.push(ways.join(" OR "));
    }
    if let Some(only) = &filter.only {
        all.push(format!("id IN [{}]", ids(only)));
    }
    if !filter.except.is_empty() {
        all.push(format!("id NOT IN [{}]", ids(&filter.except)));
    }
    if !filter.held_by.is_empty() {
        all.push(format!("held_by IN [{}]", ids(&filter.held_by)));
    }
    if !filter.not_held_by.is_empty() {
        all.push(format!("held_by NOT IN [{}]", ids(&filter.not_held_by)));
    }
    all
}

fn way(way: &Way) -> String {
    let any_of = |attribute: &str, values: &[String]| {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        format!("{attribute} IN [{}]", values.join(", "))
    };
    let mut all: Vec<String> = way.own.iter().map(|values| any_of("own_attributes", values)).collect();
    if !way.sets.is_empty() {
        all.push(any_of("variant_sets", &way.sets));
    }
    all.extend(way.in_stock.then(|| "in_stock = true".to_owned()));
    format!("({})", all.join(" AND "))
}

/// As documents have them.
fn ids(ids: &[impl ToString]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| quoted(&id.to_string())).collect();
    ids.join(", ")
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Empty for relevance, which the ranking rules order.
pub(super) fn sort(sort: SearchSort, without_text: bool, price: &str) -> Vec<String> {
    let first = match sort {
        SearchSort::Relevance if !without_text => return Vec::new(),
        SearchSort::Relevance | SearchSort::BestSelling => "sold:desc".to_owned(),
        SearchSort::PriceAscending => format!("{price}:asc"),
        SearchSort::PriceDescending => format!("{price}:desc"),
        SearchSort::Newest => "created_at:desc".to_owned(),
    };
    vec![first, "id:asc".to_owned()]
}

/// A page of Meilisearch's that covers the hits asked for.
///
/// It counts all hits only when asked by pages, and estimates them when asked by offset. So an
/// offset within a page makes the page larger, until one holds everything asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// From 1.
    pub(super) page: usize,
    pub(super) size: usize,
    /// How many hits of the page stand before those asked for.
    pub(super) skip: usize,
    pub(super) take: usize,
}

impl Window {
    pub(super) fn over(offset: usize, limit: usize) -> Self {
        let (offset, take) = (offset.min(TOTAL_HITS_MAX), limit.min(HITS_MAX));
        if take == 0 {
            return Self {
                page: 1,
                size: 0,
                skip: 0,
                take,
            };
        }
        let last = offset + take - 1;
        let holds_all = |size: &usize| offset / size == last / size;
        // The size `last + 1` always does, with the first page.
        let size = (take..=last).find(holds_all).unwrap_or(last + 1);
        Self {
            page: offset / size + 1,
            size,
            skip: offset % size,
            take,
        }
    }
}

#[cfg(test)]
mod tests {
    use vitrine_commerce::ports::search::SearchFilter;

    use super::*;

    #[test]
    fn a_window_covers_what_is_asked() {
        for offset in (0..300).chain([1_001, 99_999, usize::MAX]) {
            for limit in [1, 2, 7, 20, 100, 1_000, 1_001] {
                let window = Window::over(offset, limit);
                let first = (window.page - 1) * window.size + window.skip;
                assert_eq!(first, offset.min(TOTAL_HITS_MAX));
                assert_eq!(window.take, limit.min(HITS_MAX));
                assert!(window.skip + window.take <= window.size, "{window:?}");
            }
        }
        assert_eq!(
            Window::over(40, 20),
            Window {
                page: 3,
                size: 20,
                skip: 0,
                take: 20
            }
        );
        assert_eq!(
            Window::over(40, 0),
            Window {
                page: 1,
                size: 0,
                skip: 0,
                take: 0
            }
        );
    }

    #[test]
    fn values_cannot_leave_their_quotes() {
        let filter = SearchFilter {
            vendors: vec![r#"x" OR in_stock = true"#.into(), r"ends\".into()],
            attributes: vec![("Size".into(), vec!["10\"".into()]), ("Empty".into(), Vec::new())],
            price_min_minor: Some(-5),
            ..SearchFilter::default()
        };
        let mut request = SearchRequest {
            filter,
            ..SearchRequest::default()
        };
        assert_eq!(
            super::filter(&request, "price_minor"),
            [
                r#"vendor IN ["x\" OR in_stock = true", "ends\\"]"#,
                r#"attributes IN ["Size=10\""]"#,
                "price_minor >= -5",
            ]
        );
        request.filter = SearchFilter::default();
        request.currency = "JPY".parse().ok();
        assert_eq!(super::filter(&request, "price_minor_JPY"), ["price_minor_JPY >= 0"]);
    }
}
