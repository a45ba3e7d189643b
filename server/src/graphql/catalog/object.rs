use vitrine_entity::{catalog, catalog_price, catalog_product, catalog_quantity};

use crate::graphql::shared::connection;

/// What groups of customers and companies pay, in which quantities they buy, and which goods they are sold.
#[derive(Debug, Clone)]
pub struct Catalog(pub catalog::Model);

/// What a catalog fixes: the price of one unit of a variant, from a quantity on.
#[derive(Debug, Clone)]
pub struct CatalogPrice(pub catalog_price::Model);

/// In which quantities a catalog sells a variant.
#[derive(Debug, Clone)]
pub struct CatalogQuantityRule(pub catalog_quantity::Model);

/// A product that stands in a catalog.
#[derive(Debug, Clone)]
pub struct CatalogProduct(pub catalog_product::Model);

connection! { CatalogConnection, CatalogEdge, Catalog }
connection! { CatalogPriceConnection, CatalogPriceEdge, CatalogPrice }
connection! { CatalogQuantityRuleConnection, CatalogQuantityRuleEdge, CatalogQuantityRule }
connection! { CatalogProductConnection, CatalogProductEdge, CatalogProduct }
