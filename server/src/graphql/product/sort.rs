use async_graphql::Enum;

/// The order of a list of products. Ties are broken by id, so that pages never overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[graphql(remote = "vitrine_commerce::catalog::list::ProductSort")]
pub enum ProductSort {
    /// The newest first.
    #[default]
    Newest,
    /// By title, A to Z, as an alphabet of the shop's language has it.
    TitleAscending,
    /// The cheapest first, by the lowest price of a product's variants.
    PriceAscending,
    /// The dearest first, by the lowest price of a product's variants.
    PriceDescending,
    /// What was sold most first.
    BestSelling,
    /// As staff put the products of a collection: for a list that is restricted to one collection.
    CollectionOrder,
}
