//! How a shop is run, as its configuration says.

use std::collections::BTreeMap;

use chrono::TimeDelta;

/// How this shop is run, as the configuration says: it does not change while the shop is open. What the
/// shop is, and staff change, is its [`Profile`](crate::profile::Profile). Secrets are not shown by `Debug`.
#[derive(Clone)]
pub struct Settings {
    /// Where the world reaches this server, without a slash at its end.
    pub public_url: String,
    /// Where shoppers open their order: `{order}` and `{token}` are replaced.
    pub order_url: String,
    /// Where they pay a draft order: `{draft}` and `{token}` are replaced.
    pub draft_order_url: String,
    /// Where shoppers see a product, a category and a collection: `{slug}` is replaced.
    pub product_url: Option<String>,
    pub category_url: Option<String>,
    pub collection_url: Option<String>,
    /// Where members of staff follow the links of their mails: `{page}` (`invitation` or `password-reset`) and
    /// `{token}` are replaced.
    pub staff_url: String,
    /// Where shoppers follow the links of mails about their account: `{page}` (`confirm`, `password-reset`,
    /// `password-forgotten`, `email-change`, `erase`) and `{token}` are replaced.
    pub account_url: String,
    /// How long stock is held for an order that is not paid yet.
    pub reservation: TimeDelta,
    /// How long a payment may stay undecided before it is looked up at the provider.
    pub payment_settle_after: TimeDelta,
    /// The provider that takes payments, where the shopper chooses no other.
    pub payment_provider: String,
    /// Whether money is merely held with the order, and taken when the goods go on their way.
    pub capture_on_dispatch: bool,
    /// Whether what is held is taken before it is released although the goods have not left; otherwise staff are told.
    pub capture_before_hold_ends: bool,
    /// How long stock is held for unpaid orders by provider, where that is not `reservation`.
    pub holds: BTreeMap<String, TimeDelta>,
    /// How long after the first reminder of what a company owes there is a second; none, where it says nothing.
    pub second_reminder: Option<TimeDelta>,
    /// Where mails go that are for the shop itself; it is told by no mail where there is none.
    pub alerts_to: Option<String>,
    /// Whether a VAT number whose form and check digits are right is enough, where no register is asked.
    pub vat_form_is_enough: bool,
    /// By how many percent a rate that is taken from elsewhere may differ from the one before.
    pub rate_jump_percent_max: u32,
    /// For how many years after it was placed an order keeps its person, who was erased meanwhile.
    pub order_retention_years: u32,
    pub retention: RetentionSettings,
    /// What the keys of access tokens, links and second factors are derived with.
    pub signing_secret: Vec<u8>,
    /// Those before it, which go on opening what was made with them.
    pub signing_secrets_previous: Vec<Vec<u8>>,
    /// After how long the keys that sign access tokens are replaced.
    pub signing_key_lifetime: TimeDelta,
    pub access_token_lifetime: TimeDelta,
    pub refresh_token_lifetime: TimeDelta,
    /// For how long a used refresh token gives the same successor again.
    pub refresh_token_grace: TimeDelta,
    pub media: MediaSettings,
    pub bulk: BulkSettings,
    pub webhooks: WebhookSettings,
    pub limits: LimitSettings,
}

/// For how long is kept what is not kept for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionSettings {
    /// Carts of guests that became no order, since they were touched.
    pub guest_carts: TimeDelta,
    /// That somebody wants to be told when something is back, since they said so.
    pub stock_alerts: TimeDelta,
    /// Deleted addresses of address books, which can be restored as long.
    pub deleted_addresses: TimeDelta,
    /// Sessions and ways to providers, since they ended.
    pub ended_sessions: TimeDelta,
    /// What a mail about an account told, since it was written.
    pub account_mails: TimeDelta,
    /// Messages in the shop, since they were written; until the customer is erased where there is none.
    pub messages: Option<TimeDelta>,
    /// Files with what is kept of a person, and tables that staff exported.
    pub exports: TimeDelta,
    /// Files of bulk operations and of products, and what became of them.
    pub bulk_operations: TimeDelta,
    /// Accounts, since somebody last used them; until they are erased where there is none.
    pub inactive_accounts: Option<TimeDelta>,
    /// Accounts that staff have shut, since then; until they are erased where there is none.
    pub shut_accounts: Option<TimeDelta>,
    /// The person of a guest's order, in years since it was placed; until they ask to be erased where there is none.
    pub guest_order_years: Option<u32>,
}

impl Default for RetentionSettings {
    fn default() -> Self {
        Self {
            guest_carts: TimeDelta::days(90),
            stock_alerts: TimeDelta::days(365),
            deleted_addresses: TimeDelta::days(30),
            ended_sessions: TimeDelta::days(1),
            account_mails: TimeDelta::days(5),
            messages: None,
            exports: TimeDelta::days(7),
            bulk_operations: TimeDelta::days(30),
            inactive_accounts: None,
            shut_accounts: None,
            guest_order_years: None,
        }
    }
}

/// Whether it is counted how often anything is asked, and how widely: what [`crate::limits::policy`] allows, times
/// `factor`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LimitSettings {
    pub enabled: bool,
    pub factor: f64,
}

/// How long others are told of what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookSettings {
    /// After how long in which it has taken nothing an endpoint is disabled.
    pub disabled_after: TimeDelta,
    /// For how long events, and what became of them, are kept.
    pub log: TimeDelta,
}

impl Default for WebhookSettings {
    fn default() -> Self {
        Self {
            disabled_after: TimeDelta::days(5),
            log: TimeDelta::days(30),
        }
    }
}

/// How large a file of operations may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BulkSettings {
    pub bytes_max: u64,
    pub lines_max: u64,
}

/// What pictures and files may be, and where pictures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaSettings {
    /// The largest picture.
    pub bytes_max: u64,
    /// The largest file that is sold.
    pub file_bytes_max: u64,
    /// Whether pictures that products name by a web address are fetched into the store.
    pub import: bool,
}

impl Settings {
    /// The secrets that open: the current one first.
    pub fn signing_secrets(&self) -> impl Iterator<Item = &[u8]> + Clone {
        let previous = self.signing_secrets_previous.iter().map(Vec::as_slice);
        std::iter::once(self.signing_secret.as_slice()).chain(previous)
    }

    /// How long stock is held for an order that is to be paid by `provider`.
    pub fn hold(&self, provider: &str) -> TimeDelta {
        self.holds.get(provider).copied().unwrap_or(self.reservation)
    }
}
