//! Where the nouns come together: a new one is a line in each root that it has part in.
//!
//! They stand in groups, because async-graphql merges a list by nesting each member in the next: one list
//! of all would be deeper than the compiler follows.

use async_graphql::{MergedObject, MergedSubscription};

use super::{
    app, attribute, audit, bulk, cart, category, collection, customer, export, inventory, job, location, media, menu,
    metafield, node, notification, order, page, payment, product, reconciliation, redirect, safety, search, session,
    shipping, shop, staff, tax, variant,
};

/// Everything that can be read. Nothing here changes anything.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    node::query::NodeQuery,
    CatalogQueries,
    SaleQueries,
    ShopQueries,
    PeopleQueries,
    SearchQueries,
    WorkQueries,
);

#[derive(Debug, Default, MergedObject)]
pub struct WorkQueries(job::query::JobQuery, bulk::query::BulkQuery, export::query::ExportQuery);

#[derive(Debug, Default, MergedObject)]
pub struct CatalogQueries(
    product::query::ProductQuery,
    variant::query::VariantQuery,
    attribute::query::AttributeQuery,
    safety::query::SafetyQuery,
    category::query::CategoryQuery,
    collection::query::CollectionQuery,
    search::query::SearchQuery,
    redirect::query::RedirectQuery,
    inventory::query::InventoryQuery,
    inventory::backorder::BackorderQuery,
    inventory::transfer::query::TransferQuery,
    inventory::count::query::CountQuery,
    inventory::stock_alert::StockAlertQuery,
);

#[derive(Debug, Default, MergedObject)]
pub struct SaleQueries(
    cart::query::CartQuery,
    order::query::OrderQuery,
    payment::query::PaymentQuery,
    reconciliation::query::ReconciliationQuery,
);

#[derive(Debug, Default, MergedObject)]
pub struct ShopQueries(
    shop::query::ShopQuery,
    shop::file::ShopFileQuery,
    location::query::LocationQuery,
    shipping::query::ShippingQuery,
    tax::query::TaxQuery,
    page::query::PageQuery,
    menu::query::MenuQuery,
    media::query::MediaQuery,
);

#[derive(Debug, Default, MergedObject)]
pub struct PeopleQueries(
    customer::query::CustomerQuery,
    staff::query::StaffQuery,
    app::query::AppQuery,
    audit::query::AuditQuery,
);

/// What staff alone look after.
#[derive(Debug, Default, MergedObject)]
pub struct SearchQueries(
    search::synonyms::query::SynonymQuery,
    search::rules::query::SearchRuleQuery,
    search::terms::query::SearchTermQuery,
);

/// Everything that can be changed. Each mutation takes one `input` and answers with the object
/// and `userErrors`: where these are not empty, nothing was changed.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    CatalogMutations,
    SaleMutations,
    ShopMutations,
    PeopleMutations,
    SearchMutations,
    WorkMutations,
);

#[derive(Debug, Default, MergedObject)]
pub struct WorkMutations(
    job::mutation::JobMutation,
    bulk::mutation::BulkMutation,
    export::mutation::ExportMutation,
);

#[derive(Debug, Default, MergedObject)]
pub struct CatalogMutations(
    product::mutation::ProductMutation,
    product::mutation::pictures::ProductPicturesMutation,
    media::mutation::MediaMutation,
    category::mutation::CategoryMutation,
    collection::mutation::CollectionMutation,
    redirect::mutation::RedirectMutation,
    variant::mutation::VariantMutation,
    variant::mutation::file::VariantFileMutation,
    attribute::mutation::AttributeMutation,
    metafield::mutation::MetafieldMutation,
    safety::mutation::SafetyMutation,
    inventory::mutation::InventoryMutation,
    inventory::policy::PolicyMutation,
    inventory::transfer::mutation::TransferMutation,
    inventory::count::mutation::CountMutation,
);

/// What staff alone look after.
#[derive(Debug, Default, MergedObject)]
pub struct SearchMutations(
    search::synonyms::mutation::SynonymMutation,
    search::rules::mutation::SearchRuleMutation,
    search::terms::mutation::SearchSettingsMutation,
);

#[derive(Debug, Default, MergedObject)]
pub struct SaleMutations(
    cart::mutation::goods::CartMutation,
    cart::mutation::delivery::CartDeliveryMutation,
    order::mutation::OrderMutation,
    order::mutation::desk::OrderDeskMutation,
    order::mutation::correct::OrderCorrectionMutation,
    inventory::stock_alert::StockAlertMutation,
    payment::mutation::PaymentMutation,
    reconciliation::mutation::ReconciliationMutation,
);

#[derive(Debug, Default, MergedObject)]
pub struct ShopMutations(
    shop::mutation::ShopMutation,
    shop::file::ShopFileMutation,
    location::mutation::LocationMutation,
    shipping::mutation::zone::ShippingZoneMutation,
    shipping::mutation::method::ShippingMethodMutation,
    tax::mutation::TaxMutation,
    page::mutation::PageMutation,
    menu::mutation::MenuMutation,
);

#[derive(Debug, Default, MergedObject)]
pub struct PeopleMutations(
    session::mutation::SessionMutation,
    customer::mutation::CustomerMutation,
    notification::mutation::NotificationMutation,
    staff::mutation::role::RoleMutation,
    staff::mutation::member::StaffMemberMutation,
    staff::mutation::invitation::StaffInvitationMutation,
    staff::mutation::account::StaffAccountMutation,
    staff::mutation::second_factor::StaffTwoFactorMutation,
    app::mutation::AppMutation,
);

/// Everything that is told live: over a WebSocket (`graphql-transport-ws`) at `/graphql/ws`, or as
/// Server-Sent Events at `/graphql`.
// Each stream lives within the rights of whoever opened it, and reads what it tells from the
// database: a lost or doubled message of the bus changes nothing.
#[derive(Debug, Default, MergedSubscription)]
pub struct Subscription(
    order::subscription::OrderUpdates,
    notification::subscription::Notifications,
    bulk::subscription::BulkUpdates,
    export::subscription::ExportUpdates,
);
