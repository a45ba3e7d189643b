use vitrine_entity::variant;

/// What is bought: one combination of a product's options, with its own SKU, price and stock.
#[derive(Debug, Clone)]
pub struct ProductVariant(pub variant::Model);
