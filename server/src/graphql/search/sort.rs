use async_graphql::Enum;

/// The order of what a search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[graphql(remote = "vitrine_commerce::ports::search::SearchSort")]
pub enum ProductSearchSort {
    /// The best match first; without a text, what was sold most.
    #[default]
    Relevance,
    /// The cheapest first.
    PriceAscending,
    /// The dearest first.
    PriceDescending,
    /// The newest first.
    Newest,
    /// What was sold most first.
    BestSelling,
}
