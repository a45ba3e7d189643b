//! Who asks, on whose behalf, and in whose words and prices.

use std::{net::IpAddr, sync::Arc};

use uuid::Uuid;
use vitrine_entity::{
    currency::Currency,
    ids::{AppId, CustomerId, SessionId, StaffMemberId},
    permission::Permissions,
};

use crate::{language::Language, shop::Shop, terms::Terms};

/// Who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// A shopper without an account, or not signed in.
    Guest,
    Customer(CustomerId),
    /// A member of staff, and what they may do at this moment.
    Staff(StaffMemberId, Permissions),
    /// A program with a key, and what it may do at this moment.
    App(AppId, Permissions),
    /// A job, a schedule, a webhook or the command line.
    System,
}

impl Viewer {
    /// The customer, where one is signed in.
    pub fn customer(self) -> Option<CustomerId> {
        match self {
            Self::Customer(id) => Some(id),
            _ => None,
        }
    }

    /// What they may do that shoppers may not. The shop itself is asked for nothing.
    pub fn permissions(self) -> Permissions {
        match self {
            Self::Staff(_, permissions) | Self::App(_, permissions) => permissions,
            Self::Guest | Self::Customer(_) | Self::System => Permissions::NONE,
        }
    }

    /// Whether they work here: a member of staff or an app, with anything to do.
    pub fn works_here(self) -> bool {
        !self.permissions().is_empty()
    }

    /// The member of staff or the app, where it is one of the two.
    pub fn worker(self) -> (Option<StaffMemberId>, Option<AppId>) {
        match self {
            Self::Staff(id, _) => (Some(id), None),
            Self::App(id, _) => (None, Some(id)),
            _ => (None, None),
        }
    }

    /// Whoever signed in, or has a key, by their id.
    pub fn id(self) -> Option<Uuid> {
        match self {
            Self::Customer(id) => Some(id.0),
            Self::Staff(id, _) => Some(id.0),
            Self::App(id, _) => Some(id.0),
            Self::Guest | Self::System => None,
        }
    }

    /// How the ledgers and timelines name them.
    pub fn actor(self) -> String {
        match self {
            Self::Guest => "shopper".to_owned(),
            Self::Customer(id) => id.to_string(),
            Self::Staff(id, _) => id.to_string(),
            Self::App(id, _) => id.to_string(),
            Self::System => "system".to_owned(),
        }
    }
}

/// A request: who made it, the ids under which its traces are found, and what its prices and words
/// depend on. What is kept for later, as a cart is, keeps its own.
#[derive(Debug, Clone)]
pub struct Context {
    pub viewer: Viewer,
    /// Where the request came from, behind the proxies that the shop trusts. Nobody's for what the shop does by itself.
    pub client_address: Option<IpAddr>,
    /// The sign-in that the request came with, where there is one.
    pub session: Option<SessionId>,
    /// What the client calls itself.
    pub user_agent: Option<Arc<str>>,
    /// By what the client tells a guest from others: what is switched on for some is on for the same ones again.
    pub visitor: Option<Arc<str>>,
    /// What opens orders to whoever has no account, as they came with the request.
    pub order_access_tokens: Arc<[String]>,
    /// Whether its client knows the older checkout alone: what it orders is written to the older system, too.
    pub by_legacy_client: bool,
    /// Goes from the request through the outbox into every job that follows from it.
    pub correlation_id: String,
    /// W3C trace context.
    pub traceparent: Option<String>,
    /// What prices are written in: the shop's own.
    pub currency: Currency,
    /// What they are shown in.
    pub shown: Currency,
    /// Whose tax is shown while there is no address; ISO 3166-1 alpha-2.
    pub country: Arc<str>,
    /// BCP 47, as in `en`: one of the shop's languages.
    pub locale: Arc<str>,
    /// In which they read what the shop itself says: `locale`, or the language of the page they look at, which may have more
    /// languages than the goods.
    pub message_locale: Arc<str>,
    /// By which catalogs they buy.
    pub terms: Arc<Terms>,
}

/// In which country, language and currency somebody is answered. [`settings::locality`](crate::settings::locality) decides.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Locality {
    pub country: Arc<str>,
    pub language: Arc<str>,
    pub currency: Currency,
    /// In which the shop's own messages are read, where somebody asked for it: one that there are messages in, whether the
    /// goods are translated to it or not.
    pub message_language: Option<Arc<str>>,
    /// Whether somebody asked for the language, or for the currency: else they are the country's.
    pub is_language_asked: bool,
    pub is_currency_asked: bool,
}

impl Locality {
    /// The shop's own.
    pub fn own(shop: &Shop) -> Self {
        let profile = shop.profile();
        Self {
            country: profile.country.clone(),
            language: profile.language(),
            currency: profile.currency,
            message_language: None,
            is_language_asked: false,
            is_currency_asked: false,
        }
    }

    /// In which the shop's own messages are said there: of one language the form that the goods are in, `de-AT` rather
    /// than `de`.
    pub fn message_locale(&self) -> &Arc<str> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        let asked = self.message_language.as_ref();
        asked
            .filter(|asked| primary(asked) != primary(&self.language))
            .unwrap_or(&self.language)
    }

    /// The same, as it says messages.
    pub fn messages(&self) -> Arc<Language> {
        Language::of(self.message_locale(), &self.country)
    }
}

impl Context {
    /// In the shop's own currency, country and language.
    pub fn new(shop: &Shop, viewer: Viewer, correlation_id: impl Into<String>) -> Self {
        let Locality {
            country,
            language,
            currency,
            ..
        } = Locality::own(shop);
        Self {
            viewer,
            client_address: None,
            session: None,
            user_agent: None,
            visitor: None,
            by_legacy_client: false,
            order_access_tokens: [].into(),
            correlation_id: correlation_id.into(),
            traceparent: None,
            currency,
            shown: currency,
            country,
            message_locale: language.clone(),
            locale: language,
            terms: Arc::default(),
        }
    }

    /// The same request, answered there.
    #[must_use]
    pub fn in_locality(self, locality: &Locality) -> Self {
        Self {
            shown: locality.currency,
            country: locality.country.clone(),
            locale: locality.language.clone(),
            message_locale: locality.message_locale().clone(),
            ..self
        }
    }

    /// In which whoever asks is answered, and what they say is kept.
    pub fn language(&self) -> Arc<Language> {
        Language::of(&self.locale, &self.country)
    }

    /// In which they are told what the shop itself says.
    pub fn messages(&self) -> Arc<Language> {
        Language::of(&self.message_locale, &self.country)
    }

    /// For what the shop does by itself.
    pub fn system(shop: &Shop, correlation_id: impl Into<String>) -> Self {
        Self::new(shop, Viewer::System, correlation_id)
    }
}
