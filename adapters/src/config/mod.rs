//! How this shop is run: a TOML file and the environment, both optional.
//!
//! The file is `vitrine.toml` in the working directory, or the one that `--config` names; a
//! variable `VITRINE_DATABASE__URL` stands for the key `url` of the section `[database]` and wins
//! over the file; `VITRINE_DATABASE__URL_FILE` names a file that holds the value, as mounted
//! secrets do. `vitrine.example.toml` documents every key with its default.
//!
//! To add a key: give it a field and a default here, a line in `vitrine.example.toml` (a test
//! compares them), and, where not every value is sensible, a rule in `check.rs`. Payment has
//! its fields and defaults in `payment.rs`.

mod answers;
mod backup;
mod bulk;
mod carrier;
mod check;
mod defaults;
mod derived;
mod documents;
mod legacy;
mod limits;
mod load;
mod media;
mod oidc;
mod payment;
mod privacy;
mod push;
mod secret;
mod secrets;
mod sms;
mod telemetry;
mod web;
mod webhooks;

use std::{net::SocketAddr, path::PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;

pub use answers::Answers;
pub use backup::Backup;
pub use bulk::Bulk;
pub use carrier::{Carrier, CarrierForm};
pub use documents::Documents;
pub use legacy::Legacy;
pub use limits::Limits;
pub use load::ConfigError;
pub use media::{Media, S3, Store};
pub use oidc::Oidc;
pub use payment::{
    BankTransfer, BeforeHoldEnds, CaptureAt, CashOnDelivery, Klarna, OnAccount, PayPal, Payment, Simulated, Stripe,
};
pub use privacy::Privacy;
pub use push::Push;
pub use secret::Secret;
pub use sms::{Sms, Twilio};
pub use telemetry::Telemetry;
pub use web::Web;
pub use webhooks::{Events, Webhooks};

/// The whole configuration.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub environment: Environment,
    pub shop: Shop,
    pub http: Http,
    pub graphql: Graphql,
    pub database: Database,
    pub backup: Backup,
    /// Without it, queue and event bus live in the process.
    pub redis: Option<Redis>,
    pub search: Search,
    pub mail: Mail,
    pub sms: Sms,
    pub push: Push,
    pub payment: Payment,
    pub media: Media,
    pub documents: Documents,
    pub bulk: Bulk,
    pub webhooks: Webhooks,
    pub events: Events,
    pub limits: Limits,
    pub answers: Answers,
    pub tax: Tax,
    pub rates: Rates,
    /// Who tells of parcels.
    pub carriers: Vec<Carrier>,
    pub labels: Labels,
    pub legacy: Legacy,
    pub auth: Auth,
    pub privacy: Privacy,
    pub web: Web,
    pub worker: Worker,
    pub metrics: Metrics,
    pub rest: Rest,
    pub log: Log,
    pub telemetry: Telemetry,
}

/// What stands on parcels' labels.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Labels {
    /// Where it is written, a file a parcel. Without it, nowhere.
    pub folder: Option<PathBuf>,
}

/// What kind of place this is. Production refuses what is unsafe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    #[default]
    Development,
    Production,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shop {
    /// What the shop is when its database is new; then the database says it. This and the next four.
    pub name: Option<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// BCP 47.
    pub locale: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    pub prices_include_tax: Option<bool>,
    pub reservation_minutes: u32,
    /// With `{order}` and `{token}`; by default a page under `http.public_url`.
    pub order_url: Option<String>,
    /// With `{draft}` and `{token}`; by default a page under `http.public_url`.
    pub draft_order_url: Option<String>,
    /// Where the storefront shows a product, with `{slug}`; the sitemap and redirects need it.
    pub product_url: Option<String>,
    /// The same for categories.
    pub category_url: Option<String>,
    /// The same for collections.
    pub collection_url: Option<String>,
    /// With `{page}` and `{token}`; by default pages under `http.public_url`.
    pub staff_url: Option<String>,
    /// Where the shop itself is told by mail; by default the address of `mail.from`.
    pub alerts_to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Http {
    pub address: SocketAddr,
    /// By default `http://` and the address.
    pub public_url: Option<String>,
    #[serde(deserialize_with = "load::list")]
    pub cors_origins: Vec<String>,
    /// Queries and mutations that run at once; a further one is refused.
    pub requests_max: usize,
    /// What one query or mutation may cost.
    pub query_cost_max: usize,
    /// Headers that pages of `cors_origins` may send besides those that are usual.
    #[serde(deserialize_with = "load::list")]
    pub cors_headers: Vec<String>,
    /// Open connections, and of them WebSockets and event streams.
    pub connections_max: usize,
    pub streams_max: usize,
    /// How long a connection is kept without a request: longer than the proxies before the server keep theirs.
    pub idle_timeout_seconds: u64,
    /// Networks whose `X-Forwarded-For` and `Forwarded` are believed.
    #[serde(deserialize_with = "load::list")]
    pub trusted_proxies: Vec<String>,
}

/// What those who watch the machines ask.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Metrics {
    /// Where a server answers `/metrics`, apart from what shoppers reach. Without it nowhere.
    pub address: Option<SocketAddr>,
    /// The same of `vitrine-worker`.
    pub worker_address: Option<SocketAddr>,
}

/// The REST facade.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rest {
    /// Since when its clients are told to move: the header `Deprecation`.
    pub deprecated_on: Option<NaiveDate>,
    /// When it may go: the header `Sunset`.
    pub sunset_on: Option<NaiveDate>,
    /// A page that tells more.
    pub retirement_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Graphql {
    /// A manifest of documents that can be asked for by their id.
    pub trusted_documents: Option<PathBuf>,
    /// Whether nothing but those is run.
    pub trusted_documents_only: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// May hold a password.
    pub url: Secret,
    pub max_connections: u32,
    pub acquire_timeout_seconds: u64,
    /// Whether it is meant that the database may lose what was acknowledged.
    pub allow_data_loss: bool,
    /// Standbys of a PostgreSQL that follow it, for reads that may be late. Each may hold a password.
    #[serde(deserialize_with = "load::secrets")]
    pub replicas: Vec<Secret>,
    /// By how much such a read may be late.
    pub replica_lag_max_ms: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redis {
    /// May hold a password.
    pub url: Secret,
    /// What every key and channel begins with, so that shops can share a Redis.
    #[serde(default = "defaults::redis_prefix")]
    pub prefix: String,
    /// Whether it is meant that a full Redis drops keys.
    #[serde(default)]
    pub allow_eviction: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// Without it, the index lives in the process.
    pub meilisearch: Option<Meilisearch>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meilisearch {
    pub url: String,
    pub api_key: Option<Secret>,
    #[serde(default = "defaults::meilisearch_index")]
    pub index: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// As in `Vitrine <shop@example.com>`.
    pub from: String,
    /// Where mails are written while `smtp` is not set.
    pub folder: PathBuf,
    pub smtp: Option<Smtp>,
    /// With `{page}` and `{token}`; by default pages under `http.public_url`.
    pub account_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    pub host: String,
    /// By default what `security` is commonly served at: 587, 465, 25.
    pub port: Option<u16>,
    #[serde(default)]
    pub security: SmtpSecurity,
    pub username: Option<String>,
    pub password: Option<Secret>,
    /// How long the sending of one mail may take.
    #[serde(default = "defaults::smtp_timeout_seconds")]
    pub timeout_seconds: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// In clear first, and upgraded before anything is said; refused if it cannot be.
    #[default]
    StartTls,
    /// Encrypted from the first byte.
    Tls,
    /// In clear: for a mail catcher on the same machine.
    None,
}

/// How the VAT numbers of businesses are looked at.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tax {
    /// Whether the European Commission's register is asked.
    pub vies: bool,
    pub vies_url: String,
    /// Whether right form and check digits are enough where the register is not asked.
    pub form_is_enough: bool,
}

/// Where the rates of price lists come from that follow them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Whether the European Central Bank is asked.
    pub ecb: bool,
    pub ecb_url: String,
    /// By how many percent a rate may differ from the one before; what differs more is shown to staff instead.
    pub jump_percent_max: u32,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Auth {
    /// At least 32 bytes. In development one is made at the first start and kept in `key_file`.
    pub signing_secret: Option<Secret>,
    /// Those before it: what was made with them goes on opening.
    #[serde(deserialize_with = "load::secrets")]
    pub signing_secrets_previous: Vec<Secret>,
    pub key_file: PathBuf,
    /// After how many days the key that signs access tokens is replaced.
    pub key_days: u32,
    pub access_minutes: u32,
    pub refresh_days: u32,
    /// For how long a used refresh token gives the same successor again; after that it ends its session.
    pub refresh_grace_seconds: u32,
    /// Where members of staff, or customers, sign in beside their password.
    pub oidc: Vec<Oidc>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Worker {
    /// Payment jobs at once; the next three likewise.
    pub payment: usize,
    pub stock: usize,
    pub mail: usize,
    pub search: usize,
    /// How often the relay looks for due jobs, and an idle worker into Redis.
    pub poll_ms: u64,
    /// How often it is asked whether the search index is there; one that is not is built.
    pub search_check_seconds: u64,
    /// How long running jobs may take to finish when the process is asked to stop.
    pub shutdown_seconds: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// By default text in development and JSON in production.
    pub format: Option<LogFormat>,
    /// A level, or `tracing`'s directives.
    pub level: String,
    /// Whether each request has a line, with its status and how long it took.
    pub access: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

/// Which database `database.url` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    Sqlite,
    Postgres,
}
