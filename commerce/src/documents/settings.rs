//! How documents are made, and what the seller says of itself on them.

use sea_orm::{ActiveModelTrait, ActiveValue::Unchanged, EntityTrait, IntoActiveModel};
use serde_json::json;
pub use vitrine_entity::document_settings::{InvoiceAt, Model as DocumentSettings, Seller};
use vitrine_entity::{document::DocumentKind, document_settings};

use super::seller;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::messages,
    profile::Profile,
    settings,
    staff::{Permission, audit, permission},
    text,
};

const ONLY_ROW: i32 = 1;

/// Letters of a prefix.
const PREFIX_LENGTH_MAX: usize = 12;

/// How long the content of a document is kept where nobody says otherwise: the longest that a law of the European Union asks.
const KEPT_YEARS: i32 = 10;
const KEPT_YEARS_MAX: i32 = 100;

/// A change of them; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentSettingsChange {
    pub expected_version: Option<i64>,
    pub seller: seller::SellerChange,
    pub invoice_at: Option<InvoiceAt>,
    pub delivery_notes: Option<bool>,
    pub mailed: Option<bool>,
    pub invoice_prefix: Option<String>,
    pub credit_note_prefix: Option<String>,
    pub delivery_note_prefix: Option<String>,
    pub numbered_by_year: Option<bool>,
    pub kept_years: Option<i32>,
}

/// What holds where nobody has said anything: invoices when staff ask for them.
fn unset(shop: &Shop) -> DocumentSettings {
    DocumentSettings {
        only_row: ONLY_ROW,
        seller: Seller::default(),
        invoice_at: InvoiceAt::Asked,
        delivery_notes: false,
        mailed: true,
        invoice_prefix: "R-".to_owned(),
        credit_note_prefix: "C-".to_owned(),
        delivery_note_prefix: "D-".to_owned(),
        numbered_by_year: true,
        kept_years: KEPT_YEARS,
        automatic_since: None,
        version: 0,
        updated_at: shop.now(),
    }
}

/// How a number of this kind begins.
pub(super) fn prefix(settings: &DocumentSettings, kind: DocumentKind) -> &str {
    match kind {
        DocumentKind::Invoice => &settings.invoice_prefix,
        DocumentKind::CreditNote => &settings.credit_note_prefix,
        DocumentKind::DeliveryNote => &settings.delivery_note_prefix,
    }
}

/// The settings, for staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn settings(shop: &Shop, context: &Context) -> Result<DocumentSettings> {
    permission::require_or_system(context, Permission::Settings)?;
    read(shop).await
}

pub(super) async fn read(shop: &Shop) -> Result<DocumentSettings> {
    let row = document_settings::Entity::find_by_id(ONLY_ROW).one(&shop.db).await?;
    Ok(row.unwrap_or_else(|| unset(shop)))
}

/// Changes them.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, a version that is no longer theirs, and invoices that make themselves while
/// something is missing that the law wants on one.
pub async fn update(shop: &Shop, context: &Context, change: DocumentSettingsChange) -> Result<DocumentSettings> {
    permission::require_or_system(context, Permission::Settings)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        // Whoever changes the shop's settings waits for each other.
        let profile = settings::current(&tx).await?;
        let row = document_settings::Entity::find_by_id(ONLY_ROW).one(tx.db()).await?;
        let is_new = row.is_none();
        let before = row.unwrap_or_else(|| unset(tx.shop()));
        expect_version("document settings", before.version, change.expected_version)?;
        let mut after = changed(&before, change)?;
        check(&profile, &after)?;
        if after == before {
            return Ok(before);
        }
        if after.invoice_at != before.invoice_at {
            after.automatic_since = (after.invoice_at != InvoiceAt::Asked).then(|| tx.shop().now());
        }
        after.version += 1;
        after.updated_at = tx.shop().now();
        write(&tx, &after, is_new).await?;
        settings::note_documents(&tx).await?;
        let data = json!({ "fields": differences(&before, &after) });
        audit(&tx, "documents.settings", "shop".to_owned(), data).await?;
        Ok(after)
    })
    .await
}

async fn write(tx: &Tx, row: &DocumentSettings, is_new: bool) -> Result<()> {
    let mut written = row.clone().into_active_model().reset_all();
    match is_new {
        true => drop(written.insert(tx.db()).await?),
        false => {
            written.only_row = Unchanged(ONLY_ROW);
            written.update(tx.db()).await?;
        }
    }
    Ok(())
}

fn changed(before: &DocumentSettings, change: &DocumentSettingsChange) -> Result<DocumentSettings, Refusal> {
    let prefix = |field: &str, given: &Option<String>, kept: &str| match given {
        Some(text) => checked_prefix(field, text),
        None => Ok(kept.to_owned()),
    };
    let kept_years = change.kept_years.unwrap_or(before.kept_years);
    if !(1..=KEPT_YEARS_MAX).contains(&kept_years) {
        let message = messages::kept_years_range(KEPT_YEARS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["keptYears"]));
    }
    Ok(DocumentSettings {
        seller: seller::changed(&before.seller, &change.seller)?,
        invoice_at: change.invoice_at.unwrap_or(before.invoice_at),
        delivery_notes: change.delivery_notes.unwrap_or(before.delivery_notes),
        mailed: change.mailed.unwrap_or(before.mailed),
        invoice_prefix: prefix("invoicePrefix", &change.invoice_prefix, &before.invoice_prefix)?,
        credit_note_prefix: prefix(
            "creditNotePrefix",
            &change.credit_note_prefix,
            &before.credit_note_prefix,
        )?,
        delivery_note_prefix: prefix(
            "deliveryNotePrefix",
            &change.delivery_note_prefix,
            &before.delivery_note_prefix,
        )?,
        numbered_by_year: change.numbered_by_year.unwrap_or(before.numbered_by_year),
        kept_years,
        ..before.clone()
    })
}

/// A prefix goes into numbers, names of files and archives.
fn checked_prefix(field: &str, text: &str) -> Result<String, Refusal> {
    let prefix = text::line(&[field], text, PREFIX_LENGTH_MAX)?;
    // A digit could make the number of another series.
    let is_fit = |c: char| c.is_ascii_alphabetic() || matches!(c, '-' | '_' | '.');
    match prefix.chars().all(is_fit) && prefix.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => Ok(prefix),
        false => {
            let message = messages::document_prefix_form(field);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]))
        }
    }
}

fn check(profile: &Profile, settings: &DocumentSettings) -> Result<(), Refusal> {
    let prefixes = [
        ("invoicePrefix", &settings.invoice_prefix),
        ("creditNotePrefix", &settings.credit_note_prefix),
        ("deliveryNotePrefix", &settings.delivery_note_prefix),
    ];
    for (place, (field, prefix)) in prefixes.iter().enumerate() {
        // One that the other begins with could give its numbers, too.
        if prefixes[..place]
            .iter()
            .any(|(_, other)| other.starts_with(prefix.as_str()) || prefix.starts_with(other.as_str()))
        {
            let message = messages::document_prefix_taken();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&[*field]));
        }
    }
    match settings.invoice_at {
        InvoiceAt::Asked => Ok(()),
        _ => super::seller::require_complete(profile, settings, "invoiceAt"),
    }
}

/// The fields that differ, for the audit log.
fn differences(before: &DocumentSettings, after: &DocumentSettings) -> Vec<&'static str> {
    let compared = [
        ("seller", before.seller != after.seller),
        ("invoiceAt", before.invoice_at != after.invoice_at),
        ("deliveryNotes", before.delivery_notes != after.delivery_notes),
        ("mailed", before.mailed != after.mailed),
        ("invoicePrefix", before.invoice_prefix != after.invoice_prefix),
        (
            "creditNotePrefix",
            before.credit_note_prefix != after.credit_note_prefix,
        ),
        (
            "deliveryNotePrefix",
            before.delivery_note_prefix != after.delivery_note_prefix,
        ),
        ("numberedByYear", before.numbered_by_year != after.numbered_by_year),
        ("keptYears", before.kept_years != after.kept_years),
    ];
    let differing = compared.into_iter().filter(|(_, differs)| *differs);
    differing.map(|(field, _)| field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_part_of_a_files_name() {
        assert_eq!(checked_prefix("invoicePrefix", " INV- ").unwrap(), "INV-");
        for text in ["", "../", "R/", "1-", "R2-", "Rechnungsnummer-", "R 1", "Ü-"] {
            assert!(checked_prefix("invoicePrefix", text).is_err(), "{text:?}");
        }
    }
}
