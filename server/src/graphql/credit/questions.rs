use vitrine_commerce::credit;
use vitrine_entity::{
    credit_account,
    ids::{CustomerId, OrderId},
    order_credit,
};

use crate::graphql::shared::questions;

questions! {
    /// By currency. Unscoped: whoever shows it asks whose it is.
    StoreCreditOfCustomer(CustomerId) -> Vec<credit_account::Model> = credit::of_customers;
    /// In the order in which they paid. Unscoped: whoever shows them asks whose the order is.
    CreditsOfOrder(OrderId) -> Vec<(order_credit::Model, credit_account::Model)> = credit::of_orders;
}
