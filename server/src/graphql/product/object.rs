use async_graphql::Enum;
use vitrine_entity::product;

/// Whether shoppers see a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::product::ProductStatus")]
pub enum ProductStatus {
    /// Being prepared: only staff see it.
    Draft,
    /// Sold: everybody sees it.
    Active,
    /// No longer sold: only staff see it. Orders still name it.
    Archived,
}

/// Something that is sold, in one or several variants.
#[derive(Debug, Clone)]
pub struct Product(pub product::Model);
