//! The one handle that resolvers and workers hold.

use std::{collections::BTreeMap, fmt, ops::Deref, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DatabaseConnection;
use uuid::Uuid;

use crate::{
    money::Currency,
    ports::{
        Clock, EventBus, IdSource, Imaging, JobQueue, Mailer, MediaStore, PaymentProvider, PictureSource, SearchEngine,
    },
};

/// The shop: its database, its ports, and its settings. Cloning it is cheap.
#[derive(Clone)]
pub struct Shop(Arc<Parts>);

/// What a [`Shop`] is made of; `vitrine_adapters::boot` puts it together.
pub struct Parts {
    pub db: DatabaseConnection,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn IdSource>,
    pub queue: Arc<dyn JobQueue>,
    pub bus: Arc<dyn EventBus>,
    pub mailer: Arc<dyn Mailer>,
    pub search: Arc<dyn SearchEngine>,
    /// Where pictures lie.
    pub media: Arc<dyn MediaStore>,
    pub imaging: Arc<dyn Imaging>,
    /// Where pictures are fetched from that lie elsewhere.
    pub picture_source: Arc<dyn PictureSource>,
    /// By name.
    pub payment_providers: BTreeMap<&'static str, Arc<dyn PaymentProvider>>,
    pub settings: Settings,
}

/// How this shop is run. Secrets are not shown by `Debug`.
#[derive(Clone)]
pub struct Settings {
    pub shop_name: String,
    /// Currency, language and country are what a request without its own is answered in:
    /// `Context` alone reads them.
    pub currency: Currency,
    /// BCP 47, as in `en`.
    pub locale: Arc<str>,
    /// Whether catalogue and shipping prices contain the tax.
    pub prices_include_tax: bool,
    /// Whose tax is shown before the shopper gives an address; ISO 3166-1 alpha-2.
    pub country: Arc<str>,
    /// Where shoppers open their order: `{order}` and `{token}` are replaced.
    pub order_url: String,
    /// How long stock is held for an order that is not paid yet.
    pub reservation: TimeDelta,
    /// How long a payment may stay undecided before it is looked up at the provider.
    pub payment_settle_after: TimeDelta,
    /// The provider that takes payments, where the shopper chooses no other.
    pub payment_provider: String,
    /// Whether money is merely held with the order, and taken when the goods go on their way.
    pub capture_on_dispatch: bool,
    /// How long stock is held for unpaid orders by provider, where that is not `reservation`.
    pub holds: BTreeMap<String, TimeDelta>,
    /// Where mails go that are for the shop itself; it is told by no mail where there is none.
    pub alerts_to: Option<String>,
    /// Signs access tokens.
    pub signing_secret: Vec<u8>,
    pub access_token_lifetime: TimeDelta,
    pub refresh_token_lifetime: TimeDelta,
    pub media: MediaSettings,
}

/// What pictures may be, and where they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaSettings {
    /// The largest file.
    pub bytes_max: u64,
    /// Whether pictures that products name by a web address are fetched into the store.
    pub import: bool,
}

impl Settings {
    /// How long stock is held for an order that is to be paid by `provider`.
    pub fn hold(&self, provider: &str) -> TimeDelta {
        self.holds.get(provider).copied().unwrap_or(self.reservation)
    }
}

impl Shop {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A new id that sorts by time; wrap it in its type: `OrderId(shop.new_id())`.
    pub fn new_id(&self) -> Uuid {
        self.ids.at(self.now())
    }
}

impl Deref for Shop {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl fmt::Debug for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shop")
            .field("name", &self.settings.shop_name)
            .finish_non_exhaustive()
    }
}
