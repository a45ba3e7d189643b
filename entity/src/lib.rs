//! The rows of Vitrine's database: typed ids, stored enums and one module a table. No behaviour.
//!
//! To add a table: write its migration in `vitrine-migration`, add a module here with the same
//! name, and give its key a type in [`ids`].

pub mod address;
pub mod currency;
pub mod ids;
pub mod subject;

pub mod capture;
pub mod cart;
pub mod cart_line;
pub mod category;
pub mod collection;
pub mod collection_product;
pub mod customer;
pub mod idempotency_key;
pub mod installation;
pub mod location;
pub mod media;
pub mod media_import;
pub mod media_rendition;
pub mod notification;
pub mod order;
pub mod order_adjustment;
pub mod order_event;
pub mod order_line;
pub mod outbox;
pub mod payment;
pub mod payment_entry;
pub mod picture;
pub mod price;
pub mod product;
pub mod product_attribute;
pub mod product_listing;
pub mod product_option;
pub mod provider_circuit;
pub mod provider_event;
pub mod reconciliation;
pub mod reconciliation_finding;
pub mod refresh_token;
pub mod refund;
pub mod reservation;
pub mod schedule;
pub mod session;
pub mod shipment;
pub mod shipment_line;
pub mod shipping_method;
pub mod shipping_zone;
pub mod staff_audit;
pub mod staff_member;
pub mod staged_upload;
pub mod stock;
pub mod stock_entry;
pub mod tax_rate;
pub mod variant;
