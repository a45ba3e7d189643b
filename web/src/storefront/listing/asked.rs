//! What a list's address asks for, and the addresses that ask for a little more or less.

use crate::{
    documents::listing::{AttributeWhere, ProductSearchSort, ProductWhere},
    visit::amount,
};

/// By their names in addresses.
pub const SORTS: [(&str, ProductSearchSort); 5] = [
    ("relevance", ProductSearchSort::Relevance),
    ("best", ProductSearchSort::BestSelling),
    ("newest", ProductSearchSort::Newest),
    ("cheapest", ProductSearchSort::PriceAscending),
    ("dearest", ProductSearchSort::PriceDescending),
];

/// Filters that take several values, besides attributes.
pub const LISTS: [&str; 4] = ["category", "collection", "tag", "vendor"];

/// Before an attribute's name.
pub const ATTRIBUTE: &str = "a.";

/// What says which page it is.
const PAGE: [&str; 2] = ["after", "before"];

/// More are not looked at.
const PAIRS_MAX: usize = 60;
const QUERY_LETTERS_MAX: usize = 200;

/// The pairs of an address.
pub struct Asked(Vec<(String, String)>);

impl Asked {
    pub fn read(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        let known = pairs.filter(|(name, value)| !value.trim().is_empty() && is_known(name));
        Self(known.take(PAIRS_MAX).collect())
    }

    pub fn first(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn query(&self) -> Option<String> {
        let query = self.first("q")?.trim();
        Some(query.chars().take(QUERY_LETTERS_MAX).collect())
    }

    pub fn sort(&self) -> ProductSearchSort {
        let found = SORTS.iter().find(|(name, _)| *name == self.sort_name());
        found.map_or(ProductSearchSort::Relevance, |(_, sort)| sort.clone())
    }

    pub fn sort_name(&self) -> &str {
        self.first("sort").unwrap_or("relevance")
    }

    /// Everything but words, order and page.
    pub fn filter(&self) -> ProductWhere {
        let list = |name: &str| Some(self.all(name)).filter(|values| !values.is_empty());
        let attributes = self.attributes();
        ProductWhere {
            attributes: (!attributes.is_empty()).then_some(attributes),
            categories: list("category"),
            collections: list("collection"),
            in_stock: self.first("in_stock").map(|_| true),
            price_max: self.first("max").and_then(price),
            price_min: self.first("min").and_then(price),
            tags: list("tag"),
            vendors: list("vendor"),
        }
    }

    fn attributes(&self) -> Vec<AttributeWhere> {
        let mut attributes: Vec<AttributeWhere> = Vec::new();
        for (name, value) in &self.0 {
            let Some(name) = name.strip_prefix(ATTRIBUTE) else {
                continue;
            };
            match attributes.iter_mut().find(|attribute| attribute.name == name) {
                Some(attribute) => attribute.values.push(value.clone()),
                None => attributes.push(AttributeWhere {
                    max: None,
                    min: None,
                    name: name.to_owned(),
                    unit: None,
                    values: vec![value.clone()],
                }),
            }
        }
        attributes
    }

    fn all(&self, name: &str) -> Vec<String> {
        let named = self.0.iter().filter(|(known, _)| known == name);
        named.map(|(_, value)| value.clone()).collect()
    }

    /// How many filters there are.
    pub fn filters(&self) -> usize {
        self.0.iter().filter(|(name, _)| is_filter(name)).count()
    }

    /// Whether it names a page of the list by a cursor.
    pub fn is_paged(&self) -> bool {
        self.0.iter().any(|(name, _)| is_page(name))
    }

    /// Whether the address is no more than its path.
    pub fn is_plain(&self) -> bool {
        self.0.is_empty()
    }

    /// From the first page on with this value, or without it if it is there.
    pub fn toggled(&self, path: &str, name: &str, value: &str) -> String {
        let is_it = |pair: &(String, String)| pair.0 == name && pair.1 == value;
        let mut pairs: Vec<_> = self
            .0
            .iter()
            .filter(|pair| !is_page(&pair.0) && !is_it(pair))
            .cloned()
            .collect();
        if !self.0.iter().any(is_it) {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        address(path, &pairs)
    }

    pub fn without_filters(&self, path: &str) -> String {
        self.where_pairs(path, |name| !is_filter(name) && !is_page(name))
    }

    pub fn first_page(&self, path: &str) -> String {
        self.where_pairs(path, |name| !is_page(name))
    }

    /// The page `after` a cursor, or `before` it.
    pub fn with_page(&self, path: &str, way: &str, cursor: &str) -> String {
        let mut pairs: Vec<_> = self.0.iter().filter(|(name, _)| !is_page(name)).cloned().collect();
        pairs.push((way.to_owned(), cursor.to_owned()));
        address(path, &pairs)
    }

    /// What a form with these fields keeps of the rest.
    pub fn kept_without(&self, names: &[&str]) -> Vec<(String, String)> {
        let kept = self
            .0
            .iter()
            .filter(|(name, _)| !is_page(name) && !names.contains(&name.as_str()));
        kept.cloned().collect()
    }

    fn where_pairs(&self, path: &str, keeps: impl Fn(&str) -> bool) -> String {
        let pairs: Vec<_> = self.0.iter().filter(|(name, _)| keeps(name)).cloned().collect();
        address(path, &pairs)
    }
}

fn is_filter(name: &str) -> bool {
    LISTS.contains(&name) || matches!(name, "in_stock" | "min" | "max") || name.starts_with(ATTRIBUTE)
}

fn is_page(name: &str) -> bool {
    PAGE.contains(&name)
}

fn is_known(name: &str) -> bool {
    is_filter(name) || is_page(name) || matches!(name, "q" | "sort")
}

fn address(path: &str, pairs: &[(String, String)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// As people type it: `12`, `12.5`, `12,50 €`.
fn price(text: &str) -> Option<String> {
    let text = amount(text);
    let is_number = text.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    (is_number && text.len() <= 12 && text.parse::<f64>().is_ok()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_and_changed() {
        let asked = Asked::read("q=lamp&vendor=Ton&a.Room=Hall&a.Room=Study&max=12,50&after=x&utm=1&min=cheap");
        let filter = asked.filter();
        assert_eq!(filter.vendors, Some(vec!["Ton".to_owned()]));
        assert_eq!((filter.price_max.as_deref(), filter.price_min), (Some("12.50"), None));
        assert_eq!(filter.attributes.expect("rooms")[0].values, ["Hall", "Study"]);
        assert_eq!(
            asked.toggled("/search", "vendor", "Ton"),
            "/search?q=lamp&a.Room=Hall&a.Room=Study&max=12%2C50&min=cheap"
        );
        assert!(asked.toggled("/search", "tag", "a b").ends_with("&tag=a+b"));
        assert_eq!(asked.without_filters("/search"), "/search?q=lamp");
        assert!(asked.with_page("/search", "before", "y").ends_with("&before=y"));
        assert!(!asked.with_page("/search", "before", "y").contains("after"));
    }
}
