//! What the shop needs from outside, in its own words. A port exists only where two
//! implementations truly exist; `vitrine-adapters` holds them, and one contract suite a port runs
//! on every implementation of it.

pub mod carrier;
pub mod clock;
pub mod document_renderer;
pub mod event_bus;
pub mod event_stream;
pub mod exchange_rates;
pub mod identity_provider;
pub mod ids;
pub mod imaging;
pub mod legacy;
pub mod mailer;
pub mod media_store;
pub mod parcel_labels;
pub mod payment;
pub mod picture_source;
pub mod push;
pub mod queue;
pub mod rate_limit;
pub mod search;
pub mod sms;
pub mod vat;
pub mod webhook_sender;

pub use carrier::Carrier;
pub use clock::Clock;
pub use document_renderer::DocumentRenderer;
pub use event_bus::EventBus;
pub use event_stream::EventStream;
pub use exchange_rates::ExchangeRates;
pub use identity_provider::IdentityProvider;
pub use ids::IdSource;
pub use imaging::Imaging;
pub use legacy::LegacyShop;
pub use mailer::Mailer;
pub use media_store::MediaStore;
pub use parcel_labels::ParcelLabels;
pub use payment::PaymentProvider;
pub use picture_source::PictureSource;
pub use push::PushSender;
pub use queue::JobQueue;
pub use rate_limit::RateLimiter;
pub use search::SearchEngine;
pub use sms::SmsSender;
pub use vat::VatRegister;
pub use webhook_sender::WebhookSender;
