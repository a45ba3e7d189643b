use vitrine_entity::customer_group;

use crate::graphql::shared::connection;

/// Customers who have something in common: prices and discounts go by it.
#[derive(Debug, Clone)]
pub struct CustomerGroup(pub customer_group::Model);

connection! { CustomerGroupConnection, CustomerGroupEdge, CustomerGroup }
