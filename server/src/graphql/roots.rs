//! Where the nouns come together: a new one is a line in each root that it has part in.

use async_graphql::{MergedObject, MergedSubscription};

use super::{
    cart, category, collection, customer, inventory, job, media, node, notification, order, payment, product,
    reconciliation, search, session, shop, staff, variant,
};

/// Everything that can be read. Nothing here changes anything.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    node::query::NodeQuery,
    shop::query::ShopQuery,
    product::query::ProductQuery,
    category::query::CategoryQuery,
    collection::query::CollectionQuery,
    search::query::SearchQuery,
    cart::query::CartQuery,
    order::query::OrderQuery,
    payment::query::PaymentQuery,
    reconciliation::query::ReconciliationQuery,
    inventory::query::InventoryQuery,
    media::query::MediaQuery,
    job::query::JobQuery,
    customer::query::CustomerQuery,
    staff::query::StaffQuery,
);

/// Everything that can be changed. Each mutation takes one `input` and answers with the object
/// and `userErrors`: where these are not empty, nothing was changed.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    cart::mutation::goods::CartMutation,
    cart::mutation::delivery::CartDeliveryMutation,
    order::mutation::OrderMutation,
    payment::mutation::PaymentMutation,
    session::mutation::SessionMutation,
    notification::mutation::NotificationMutation,
    product::mutation::ProductMutation,
    product::mutation::pictures::ProductPicturesMutation,
    media::mutation::MediaMutation,
    variant::mutation::VariantMutation,
    inventory::mutation::InventoryMutation,
    reconciliation::mutation::ReconciliationMutation,
    job::mutation::JobMutation,
);

/// Everything that is told live: over a WebSocket (`graphql-transport-ws`) at `/graphql/ws`, or as
/// Server-Sent Events at `/graphql`.
// Each stream lives within the rights of whoever opened it, and reads what it tells from the
// database: a lost or doubled message of the bus changes nothing.
#[derive(Debug, Default, MergedSubscription)]
pub struct Subscription(
    order::subscription::OrderUpdates,
    notification::subscription::Notifications,
);
