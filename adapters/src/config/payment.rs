//! How payment is taken: the section `[payment]`, with its defaults.

use serde::{Deserialize, Deserializer};

use super::{Secret, load};

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Payment {
    /// Who takes a payment for which the shopper chose nobody.
    pub provider: String,
    pub capture: CaptureAt,
    pub before_hold_ends: BeforeHoldEnds,
    /// Lets production run the simulated provider, which takes no money.
    pub allow_simulated: bool,
    /// How long a payment may stay undecided before it is looked up.
    pub settle_after_seconds: u32,
    pub simulated: Simulated,
    pub stripe: Stripe,
    pub paypal: PayPal,
    pub klarna: Klarna,
    /// Without it, none is offered.
    pub bank_transfer: Option<BankTransfer>,
    /// Without it, none is offered.
    #[serde(deserialize_with = "load::section")]
    pub cash_on_delivery: Option<CashOnDelivery>,
    /// For companies with a credit limit. Without it, none is offered.
    #[serde(deserialize_with = "load::section")]
    pub on_account: Option<OnAccount>,
}

/// When the money is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureAt {
    /// With the order.
    #[default]
    AtOnce,
    /// Held with the order, and taken when the goods go on their way.
    OnDispatch,
}

/// What becomes of money that is held, and about to be released, for goods that have not left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeforeHoldEnds {
    /// Staff are told.
    #[default]
    Tell,
    /// It is taken.
    Capture,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Simulated {
    /// How long the token `tok_slow` takes.
    pub slow_seconds: u64,
    /// How long the token `tok_pending` stays undecided.
    pub pending_seconds: u32,
    /// How long it remembers idempotency keys.
    pub key_hours: u32,
    /// By default derived from the signing secret.
    pub webhook_secret: Option<Secret>,
    /// Where its webhooks go; by default `/webhooks/simulated` under `http.public_url`.
    pub webhook_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Stripe {
    /// Without it, Stripe is not used.
    pub secret_key: Option<Secret>,
    /// Those of the webhook's endpoint: two while one is replaced.
    #[serde(deserialize_with = "secrets")]
    pub webhook_secrets: Vec<Secret>,
    /// What the shopper's browser opens Stripe's library with.
    pub publishable_key: Option<String>,
    /// The kinds of payment that Stripe may take, by its names; those of its dashboard where there
    /// are none.
    #[serde(deserialize_with = "super::load::list")]
    pub methods: Vec<String>,
    /// Whether the account may capture what a card holds in parts, as Stripe allows some.
    pub multicapture: bool,
    pub api_url: String,
    /// Of one process.
    pub requests_per_second: u32,
    /// How long one request may take. Less than a job waits for it.
    pub timeout_seconds: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PayPal {
    /// Without it and its secret, PayPal is not used.
    pub client_id: Option<String>,
    pub client_secret: Option<Secret>,
    /// Of the webhook that PayPal's dashboard shows: by it PayPal says whether it has sent one.
    pub webhook_id: Option<String>,
    pub api_url: String,
    /// Of one process.
    pub requests_per_second: u32,
    /// How long one request may take.
    pub timeout_seconds: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Klarna {
    /// Of the API's credentials that Klarna's portal gives. Without it and its password, Klarna is not used.
    pub username: Option<String>,
    pub password: Option<Secret>,
    /// Of the region where the shop has its account.
    pub api_url: String,
    /// Of one process.
    pub requests_per_second: u32,
    /// How long one request may take.
    pub timeout_seconds: u64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankTransfer {
    /// What the shopper is told; `{number}` and `{amount}` are replaced.
    pub instructions: String,
    /// How long the goods are held for the money.
    #[serde(default = "hold_days")]
    pub hold_days: u32,
}

/// Offered, if the section is there.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CashOnDelivery {}

/// Offered, if the section is there.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OnAccount {
    /// After so many days a company is reminded again of what is late. Without it, once.
    pub second_reminder_days: Option<u32>,
}

impl Default for Payment {
    fn default() -> Self {
        Self {
            provider: "simulated".to_owned(),
            capture: CaptureAt::AtOnce,
            before_hold_ends: BeforeHoldEnds::Tell,
            allow_simulated: false,
            settle_after_seconds: 60,
            simulated: Simulated::default(),
            stripe: Stripe::default(),
            paypal: PayPal::default(),
            klarna: Klarna::default(),
            bank_transfer: None,
            cash_on_delivery: None,
            on_account: None,
        }
    }
}

impl Default for Simulated {
    fn default() -> Self {
        Self {
            slow_seconds: 5,
            pending_seconds: 3,
            key_hours: 24,
            webhook_secret: None,
            webhook_url: None,
        }
    }
}

impl Default for Stripe {
    fn default() -> Self {
        Self {
            secret_key: None,
            webhook_secrets: Vec::new(),
            publishable_key: None,
            methods: vec!["card".to_owned()],
            multicapture: false,
            api_url: "https://api.stripe.com".to_owned(),
            requests_per_second: 25,
            timeout_seconds: 35,
        }
    }
}

impl Default for PayPal {
    fn default() -> Self {
        Self {
            client_id: None,
            client_secret: None,
            webhook_id: None,
            api_url: "https://api-m.paypal.com".to_owned(),
            requests_per_second: 10,
            timeout_seconds: 15,
        }
    }
}

impl Default for Klarna {
    fn default() -> Self {
        Self {
            username: None,
            password: None,
            api_url: "https://api.klarna.com".to_owned(),
            requests_per_second: 10,
            timeout_seconds: 10,
        }
    }
}

impl Klarna {
    /// Whether real money moves: Klarna's playground is another address, in each region.
    pub fn is_live(&self) -> bool {
        let host = self.api_url.split("://").nth(1).unwrap_or_default();
        ["api.klarna.com", "api-na.klarna.com", "api-oc.klarna.com"]
            .into_iter()
            .any(|live| host.starts_with(live))
    }

    pub fn is_set_up(&self) -> bool {
        self.username.is_some() && self.password.is_some()
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.api_url.starts_with("https://")
    }
}

impl PayPal {
    /// Whether real money moves: PayPal's sandbox is another address.
    pub fn is_live(&self) -> bool {
        let host = self.api_url.split("://").nth(1).unwrap_or_default();
        host.starts_with("api-m.paypal.com") || host.starts_with("api.paypal.com")
    }

    pub fn is_set_up(&self) -> bool {
        self.client_id.is_some() && self.client_secret.is_some()
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.api_url.starts_with("https://")
    }
}

fn hold_days() -> u32 {
    7
}

fn secrets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Secret>, D::Error> {
    Ok(load::list(deserializer)?.into_iter().map(Secret::new).collect())
}

impl Stripe {
    /// Whether the key moves real money.
    pub fn is_live(&self) -> bool {
        let key = self.secret_key.as_ref().map_or("", |key| key.expose());
        key.starts_with("sk_live_") || key.starts_with("rk_live_")
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.api_url.starts_with("https://")
    }
}
