//! What can be read.

pub mod cart;
pub mod catalog;
pub mod inventory;
pub mod job;
pub mod node;
pub mod orders;
pub mod payments;
pub mod product_sort;
pub mod product_where;
pub mod reconciliation;
pub mod search;
pub mod viewer;

use async_graphql::MergedObject;

pub use product_sort::{ProductSearchSort, ProductSort};
pub use product_where::{AttributeWhere, ProductWhere};

/// Everything that can be read. Nothing here changes anything.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    node::NodeQuery,
    catalog::CatalogQuery,
    search::SearchQuery,
    cart::CartQuery,
    orders::OrderQuery,
    payments::PaymentQuery,
    reconciliation::ReconciliationQuery,
    inventory::InventoryQuery,
    job::JobQuery,
    viewer::ViewerQuery,
);
