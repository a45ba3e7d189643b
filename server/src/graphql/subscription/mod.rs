//! What is told live. Each stream lives within the rights of whoever opened it, and reads what it
//! tells from the database: a lost or doubled message of the bus changes nothing.

pub mod notifications;
pub mod order_updates;

use async_graphql::MergedSubscription;

/// Everything that is told live: over a WebSocket (`graphql-transport-ws`) at `/graphql/ws`, or as
/// Server-Sent Events at `/graphql`.
#[derive(Debug, Default, MergedSubscription)]
pub struct Subscription(order_updates::OrderUpdates, notifications::Notifications);
