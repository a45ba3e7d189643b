//! What can be changed. Names are noun, then verb; a file holds the mutations of one noun, each
//! with its input and its payload.

pub mod cart;
pub mod inventory;
pub mod job;
pub mod notification;
pub mod order;
pub mod payment;
pub mod product;
pub mod reconciliation;
pub mod session;
mod wait;

use async_graphql::MergedObject;

/// Everything that can be changed. Each mutation takes one `input` and answers with the object
/// and `userErrors`: where these are not empty, nothing was changed.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    cart::CartMutation,
    cart::CartDeliveryMutation,
    order::OrderMutation,
    payment::PaymentMutation,
    session::SessionMutation,
    notification::NotificationMutation,
    product::ProductMutation,
    inventory::InventoryMutation,
    reconciliation::ReconciliationMutation,
    job::JobMutation,
);
