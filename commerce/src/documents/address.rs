//! Addresses that open a document's file, or those of a period, for a while to whoever has them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use vitrine_entity::{
    document::{self, DocumentKind},
    ids::DocumentId,
};

use super::{find::DocumentFilter, format::Format};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, signature,
    staff::{Permission, permission},
};

/// How long an address opens a file.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// Bytes of a signature: all of it.
const SIGNATURE_BYTES: usize = 32;

/// What an address carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub expires_at: DateTime<Utc>,
    pub signature: String,
}

/// An address of a document's file. Unscoped: whoever holds the row may see it.
pub fn address(shop: &Shop, row: &document::Model, format: Format) -> Address {
    signed(shop, |expires| of_file(row.id, format, expires))
}

/// An address of the files of all documents that a filter names, as one archive.
///
/// # Errors
/// Refuses whoever may not see orders.
pub fn archive_address(shop: &Shop, context: &Context, filter: &DocumentFilter) -> Result<Address> {
    permission::require_or_system(context, Permission::Orders)?;
    Ok(signed(shop, |expires| of_archive(filter, expires)))
}

fn signed(shop: &Shop, message: impl Fn(i64) -> Vec<u8>) -> Address {
    let expires_at = shop.now() + LIFETIME;
    let message = message(expires_at.timestamp());
    Address {
        expires_at,
        signature: signature::sign(&shop.settings.signing_secret, &message, SIGNATURE_BYTES),
    }
}

/// # Errors
/// `FORBIDDEN` where the signature is wrong or the time is over.
pub(super) fn check(shop: &Shop, message: &[u8], expires: i64, signature: &str) -> Result<(), Refusal> {
    if !signature::is_ours(shop.settings.signing_secrets(), message, SIGNATURE_BYTES, signature) {
        let message = "The address is not one that the shop gave.";
        return Err(Refusal::new(ErrorCode::Forbidden, message));
    }
    if shop.now().timestamp() >= expires {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "The address has expired: ask for another.",
        ));
    }
    Ok(())
}

pub(super) fn of_file(id: DocumentId, format: Format, expires: i64) -> Vec<u8> {
    format!("document:{id}\n{}\n{expires}", format.extension()).into_bytes()
}

pub(super) fn of_archive(filter: &DocumentFilter, expires: i64) -> Vec<u8> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let parts = [
        "documents",
        filter.kind.map_or("", kind_name),
        &day(filter.issued_from),
        &day(filter.issued_to),
        &expires.to_string(),
    ];
    parts.join("\n").into_bytes()
}

/// As addresses and tables name it.
pub fn kind_name(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Invoice => "INVOICE",
        DocumentKind::CreditNote => "CREDIT_NOTE",
        DocumentKind::DeliveryNote => "DELIVERY_NOTE",
    }
}

/// The reverse of [`kind_name`].
pub fn kind_of(name: &str) -> Option<DocumentKind> {
    let kinds = [
        DocumentKind::Invoice,
        DocumentKind::CreditNote,
        DocumentKind::DeliveryNote,
    ];
    kinds.into_iter().find(|kind| kind_name(*kind) == name)
}
