//! Where the nouns come together: a new one is a line in each root that it has part in.
//!
//! They stand in groups, because async-graphql merges a list by nesting each member in the next: one list
//! of all would be deeper than the compiler follows.

use async_graphql::{MergedObject, MergedSubscription};

use super::{
    app, attribute, audit, bulk, cart, catalog, category, collection, company, country, credit, customer,
    customer_group, discount, document, draft_order, export, flag, identity, imported_order, inventory, job, legacy,
    location, market, media, menu, metafield, node, notification, order, order_return, page, payment, price, product,
    product_import, reconciliation, redirect, safety, search, session, shared::Boxed, shipping, shop, staff, tax,
    translation, variant, webhook, withdrawal,
};

/// Everything that can be read. Nothing here changes anything.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    Boxed<node::query::NodeQuery>,
    ShopQueries,
    CatalogQueries,
    StockQueries,
    SaleQueries,
    PeopleQueries,
    SearchQueries,
    WorkQueries,
);

#[derive(Debug, Default, MergedObject)]
pub struct CatalogQueries(
    Boxed<product::query::ProductQuery>,
    Boxed<variant::query::VariantQuery>,
    Boxed<price::query::PriceQuery>,
    Boxed<attribute::query::AttributeQuery>,
    Boxed<safety::query::SafetyQuery>,
    Boxed<category::query::CategoryQuery>,
    Boxed<collection::query::CollectionQuery>,
    Boxed<redirect::query::RedirectQuery>,
    Boxed<translation::query::TranslationQuery>,
    Boxed<catalog::query::CatalogQuery>,
);

#[derive(Debug, Default, MergedObject)]
pub struct StockQueries(
    Boxed<inventory::query::InventoryQuery>,
    Boxed<inventory::backorder::BackorderQuery>,
    Boxed<inventory::transfer::query::TransferQuery>,
    Boxed<inventory::count::query::CountQuery>,
    Boxed<inventory::stock_alert::StockAlertQuery>,
);

#[derive(Debug, Default, MergedObject)]
pub struct SaleQueries(
    Boxed<cart::query::CartQuery>,
    Boxed<order::query::OrderQuery>,
    Boxed<order::edit::policy::OrderEditPolicyQuery>,
    Boxed<draft_order::query::DraftOrderQuery>,
    Boxed<order::shipment::query::ShipmentQuery>,
    Boxed<order_return::query::ReturnQuery>,
    Boxed<withdrawal::query::WithdrawalQuery>,
    Boxed<payment::query::PaymentQuery>,
    Boxed<credit::query::CreditQuery>,
    Boxed<credit::finding::CreditFindingQuery>,
    Boxed<reconciliation::query::ReconciliationQuery>,
    Boxed<discount::query::DiscountQuery>,
    Boxed<discount::preview::DiscountPreviewQuery>,
    Boxed<discount::codes::DiscountCodesQuery>,
    Boxed<discount::report::DiscountReportQuery>,
    Boxed<document::query::DocumentQuery>,
);

#[derive(Debug, Default, MergedObject)]
pub struct ShopQueries(
    Boxed<shop::query::ShopQuery>,
    Boxed<flag::query::FlagQuery>,
    Boxed<shop::file::ShopFileQuery>,
    Boxed<location::query::LocationQuery>,
    Boxed<country::query::CountryQuery>,
    Boxed<shipping::query::ShippingQuery>,
    Boxed<tax::query::TaxQuery>,
    Boxed<market::query::MarketQuery>,
    Boxed<page::query::PageQuery>,
    Boxed<menu::query::MenuQuery>,
    Boxed<media::query::MediaQuery>,
);

#[derive(Debug, Default, MergedObject)]
pub struct PeopleQueries(
    Boxed<customer::query::CustomerQuery>,
    Boxed<customer::desk::CustomerDeskQuery>,
    Boxed<customer_group::query::CustomerGroupQuery>,
    Boxed<company::query::CompanyQuery>,
    Boxed<customer::privacy::query::PrivacyQuery>,
    Boxed<staff::query::StaffQuery>,
    Boxed<identity::query::IdentityQuery>,
    Boxed<app::query::AppQuery>,
    Boxed<audit::query::AuditQuery>,
);

#[derive(Debug, Default, MergedObject)]
pub struct SearchQueries(
    Boxed<search::query::SearchQuery>,
    Boxed<search::synonyms::query::SynonymQuery>,
    Boxed<search::rules::query::SearchRuleQuery>,
    Boxed<search::terms::query::SearchTermQuery>,
);

#[derive(Debug, Default, MergedObject)]
pub struct WorkQueries(
    Boxed<job::query::JobQuery>,
    Boxed<imported_order::query::ImportedOrderQuery>,
    Boxed<legacy::query::LegacyQuery>,
    Boxed<bulk::query::BulkQuery>,
    Boxed<export::query::ExportQuery>,
    Boxed<product_import::query::ProductImportQuery>,
    Boxed<webhook::query::WebhookQuery>,
);

/// Everything that can be changed. Each mutation takes one `input` and answers with the object
/// and `userErrors`: where these are not empty, nothing was changed.
///
/// With the header `Idempotency-Key` (such as a random UUID; or the extension `idempotencyKey` of the request) a mutation
/// may be sent again: each of its fields is done once, and answered alike for a day. Another request under the key is
/// refused with `IDEMPOTENCY_KEY_REUSED`; while the first is being done there is `REQUEST_IN_PROGRESS`. Where nobody knows
/// whether a field was done, it fails with `OUTCOME_UNKNOWN`.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    PeopleMutations,
    CatalogMutations,
    ShopMutations,
    SaleMutations,
    ProductMutations,
    StockMutations,
    SearchMutations,
    WorkMutations,
);

#[derive(Debug, Default, MergedObject)]
pub struct CatalogMutations(
    Boxed<category::mutation::CategoryMutation>,
    Boxed<collection::mutation::CollectionMutation>,
    Boxed<redirect::mutation::RedirectMutation>,
    Boxed<media::mutation::MediaMutation>,
    Boxed<attribute::mutation::AttributeMutation>,
    Boxed<metafield::mutation::MetafieldMutation>,
    Boxed<price::mutation::PriceMutation>,
);

#[derive(Debug, Default, MergedObject)]
pub struct ProductMutations(
    Boxed<product::mutation::ProductMutation>,
    Boxed<product::mutation::pictures::ProductPicturesMutation>,
    Boxed<variant::mutation::VariantMutation>,
    Boxed<variant::mutation::file::VariantFileMutation>,
    Boxed<safety::mutation::SafetyMutation>,
    Boxed<translation::mutation::TranslationMutation>,
    Boxed<catalog::mutation::CatalogMutation>,
    Boxed<catalog::mutation::CatalogContentsMutation>,
);

#[derive(Debug, Default, MergedObject)]
pub struct StockMutations(
    Boxed<inventory::mutation::InventoryMutation>,
    Boxed<inventory::policy::PolicyMutation>,
    Boxed<inventory::transfer::mutation::TransferMutation>,
    Boxed<inventory::count::mutation::CountMutation>,
    Boxed<inventory::stock_alert::StockAlertMutation>,
);

#[derive(Debug, Default, MergedObject)]
pub struct SearchMutations(
    Boxed<search::synonyms::mutation::SynonymMutation>,
    Boxed<search::rules::mutation::SearchRuleMutation>,
    Boxed<search::terms::mutation::SearchSettingsMutation>,
);

#[derive(Debug, Default, MergedObject)]
pub struct SaleMutations(
    Boxed<cart::mutation::goods::CartMutation>,
    Boxed<cart::mutation::delivery::CartDeliveryMutation>,
    Boxed<cart::mutation::market::CartMarketMutation>,
    Boxed<cart::mutation::credit::CartCreditMutation>,
    Boxed<credit::mutation::CreditMutation>,
    Boxed<credit::finding::CreditFindingMutation>,
    Boxed<cart::mutation::discount::CartDiscountMutation>,
    Boxed<discount::mutation::DiscountMutation>,
    Boxed<discount::codes::DiscountCodesMutation>,
    Boxed<order::mutation::OrderMutation>,
    Boxed<order::mutation::desk::OrderDeskMutation>,
    Boxed<draft_order::mutation::DraftOrderMutation>,
    Boxed<order::mutation::correct::OrderCorrectionMutation>,
    Boxed<order::sms::OrderSmsMutation>,
    Boxed<order::push::OrderPushMutation>,
    Boxed<order::shipment::mutation::ShipmentMutation>,
    Boxed<order::edit::mutation::OrderEditMutation>,
    Boxed<order_return::mutation::ReturnMutation>,
    Boxed<order_return::claim::OrderClaimMutation>,
    Boxed<withdrawal::mutation::WithdrawalMutation>,
    Boxed<payment::mutation::PaymentMutation>,
    Boxed<payment::order_refund::OrderRefundMutation>,
    Boxed<reconciliation::mutation::ReconciliationMutation>,
    Boxed<document::mutation::DocumentMutation>,
);

#[derive(Debug, Default, MergedObject)]
pub struct ShopMutations(
    Boxed<shop::mutation::ShopMutation>,
    Boxed<flag::mutation::FlagMutation>,
    Boxed<shop::file::ShopFileMutation>,
    Boxed<location::mutation::LocationMutation>,
    Boxed<shipping::mutation::zone::ShippingZoneMutation>,
    Boxed<shipping::mutation::method::ShippingMethodMutation>,
    Boxed<tax::mutation::TaxMutation>,
    Boxed<market::mutation::MarketMutation>,
    Boxed<page::mutation::PageMutation>,
    Boxed<menu::mutation::MenuMutation>,
);

#[derive(Debug, Default, MergedObject)]
pub struct PeopleMutations(
    Boxed<session::mutation::SessionMutation>,
    Boxed<customer::mutation::CustomerMutation>,
    Boxed<customer::account::AccountMutation>,
    Boxed<customer::desk::CustomerDeskMutation>,
    Boxed<customer_group::mutation::CustomerGroupMutation>,
    Boxed<company::mutation::CompanyMutation>,
    Boxed<company::mutation::CompanyMembersMutation>,
    Boxed<company::mutation::CompanyRequestsMutation>,
    Boxed<customer::consent::ConsentMutation>,
    Boxed<customer::address::CustomerAddressMutation>,
    Boxed<payment::saved::SavedPaymentMethodMutation>,
    Boxed<customer::privacy::mutation::PrivacyMutation>,
    Boxed<notification::mutation::NotificationMutation>,
    Boxed<staff::mutation::role::RoleMutation>,
    Boxed<staff::mutation::member::StaffMemberMutation>,
    Boxed<staff::mutation::invitation::StaffInvitationMutation>,
    Boxed<staff::mutation::account::StaffAccountMutation>,
    Boxed<staff::mutation::second_factor::StaffTwoFactorMutation>,
    Boxed<app::mutation::AppMutation>,
    Boxed<identity::mutation::IdentityMutation>,
);

#[derive(Debug, Default, MergedObject)]
pub struct WorkMutations(
    Boxed<job::mutation::JobMutation>,
    Boxed<legacy::mutation::LegacyMutation>,
    Boxed<bulk::mutation::BulkMutation>,
    Boxed<export::mutation::ExportMutation>,
    Boxed<product_import::mutation::ProductImportMutation>,
    Boxed<webhook::mutation::WebhookMutation>,
    Boxed<webhook::replay::WebhookReplayMutation>,
);

/// Everything that is told live: over a WebSocket (`graphql-transport-ws`) at `/graphql/ws`, or as
/// Server-Sent Events at `/graphql`.
// Each stream lives within the rights of whoever opened it, and reads what it tells from the
// database: a lost or doubled message of the bus changes nothing.
#[derive(Debug, Default, MergedSubscription)]
pub struct Subscription(
    Boxed<order::subscription::OrderUpdates>,
    Boxed<notification::subscription::Notifications>,
    Boxed<bulk::subscription::BulkUpdates>,
    Boxed<export::subscription::ExportUpdates>,
    Boxed<product_import::subscription::ProductImportUpdates>,
);
