use async_graphql::Enum;

/// What the tax on what is bought is called where it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::delivery::tax::TaxKind")]
pub enum TaxKind {
    /// Value added tax.
    ValueAdded,
    /// Consumption tax, as in Japan.
    Consumption,
    /// Goods and services tax, as in Australia.
    GoodsAndServices,
    /// Sales tax, as in the United States.
    Sales,
}
