//! What a product is found by that its document does not say as such, for every engine alike.

use vitrine_commerce::{
    ports::search::{SearchDocument, parted},
    words::spellings::spellings,
};

/// What is looked for beside the document's own texts.
pub(super) struct FoundBy {
    /// Of options and attributes.
    pub(super) values: Vec<String>,
    /// Other spellings of what stands in its title, codes and values.
    pub(super) spellings: Vec<String>,
    /// What stands within its words.
    pub(super) within: Vec<String>,
}

impl FoundBy {
    pub(super) fn of(document: &SearchDocument) -> Self {
        let named = document.attributes.iter().filter_map(|named| parted(named));
        let mut values: Vec<String> = named.map(|(_, value)| value.to_owned()).collect();
        values.sort_unstable();
        values.dedup();
        let texts = std::iter::once(&document.title)
            .chain(&document.vendor)
            .chain(&document.tags)
            .chain(&document.categories)
            .chain(&values)
            .chain(&document.skus);
        let found = spellings(texts.map(String::as_str));
        Self {
            spellings: found.others.into_iter().collect(),
            within: found.within.into_iter().collect(),
            values,
        }
    }
}
