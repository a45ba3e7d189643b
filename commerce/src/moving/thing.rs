//! What a file's rows are made into.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use vitrine_entity::{address::Address, imported_order};

use crate::money::Currency;

/// A thing of a file, with its first row's number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) row: usize,
    pub(super) thing: Thing,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Thing {
    Customer(Box<CustomerDraft>),
    Order(Box<imported_order::Model>),
    GiftCard(Box<GiftCardDraft>),
    Redirect(RedirectDraft),
}

/// A customer of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CustomerDraft {
    /// What names them in the file; empty where nothing does but their mail address.
    pub(super) source_id: String,
    pub(super) email: String,
    pub(super) name: String,
    pub(super) address: Option<Address>,
    pub(super) tax_exempt: bool,
    /// When they agreed to be written to.
    pub(super) agreed_at: Option<DateTime<Utc>>,
}

/// A card of a file, which pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GiftCardDraft {
    /// What names it in the file; empty where nothing does but its code.
    pub(super) source_id: String,
    pub(super) code: String,
    pub(super) currency: Currency,
    pub(super) balance_minor: i64,
    pub(super) expires_at: Option<DateTime<Utc>>,
}

/// A redirect of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RedirectDraft {
    pub(super) path: String,
    pub(super) target: String,
}

/// What holds where a file says nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    pub(super) currency: Currency,
    pub(super) zone: Tz,
}
