//! Writes a document: its number, what it says, and its row, at once.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;
use vitrine_entity::{
    document::{self, DocumentKind},
    ids::{DocumentId, RefundId},
    refund_line,
};

use super::{
    content::{Content, LAYOUT, read, written},
    gather::Sources,
    heading::Heading,
    invoice, numbers, sheet,
    trade::{self, Back, Trade},
};
use crate::{Fault, Result, Tx, language::Language, language::messages, notifications, settings};

/// What is to be written.
pub(super) enum Draft {
    Invoice,
    /// Of what a refund paid back, as far as the invoice has it.
    Refund {
        refund: RefundId,
        amount_minor: i64,
    },
    /// Of all that is left of the invoice of an order that was cancelled.
    Cancelled,
    /// Of the parcel at this place.
    DeliveryNote {
        parcel: usize,
    },
}

impl Draft {
    fn kind(&self) -> DocumentKind {
        match self {
            Self::Invoice => DocumentKind::Invoice,
            Self::Refund { .. } | Self::Cancelled => DocumentKind::CreditNote,
            Self::DeliveryNote { .. } => DocumentKind::DeliveryNote,
        }
    }

    fn subject(&self, sources: &Sources) -> Uuid {
        match self {
            Self::Invoice => sources.order.id.0,
            Self::Refund { refund, .. } => refund.0,
            Self::Cancelled => sources.invoice().map_or(sources.order.id.0, |invoice| invoice.id.0),
            Self::DeliveryNote { parcel } => sources.parcels[*parcel].0.id.0,
        }
    }
}

/// Writes it. To be called last, for it holds the series of its number.
pub(super) async fn write(tx: &Tx, sources: &Sources, draft: Draft) -> Result<document::Model> {
    let profile = &sources.profile;
    let language = Language::of(&sources.order.locale, &profile.country);
    let now = tx.shop().now();
    let units = match draft {
        Draft::Refund { refund, .. } => units(tx, sources, refund).await?,
        _ => Vec::new(),
    };
    let kind = draft.kind();
    let number = numbers::take(tx, &sources.settings, kind, profile.date(now)).await?;
    let heading = Heading {
        kind,
        number: &number.text,
        issued_on: profile.date(now),
    };
    let trade = match &draft {
        Draft::Invoice => Some(invoice::invoice(sources, &heading, &language)?),
        Draft::Refund { amount_minor, .. } => Some(credited(sources, &heading, &units, *amount_minor, &language)?),
        Draft::Cancelled => Some(credited(sources, &heading, &[], sources.left_minor(), &language)?),
        Draft::DeliveryNote { .. } => None,
    };
    let sheet = match (&draft, &trade) {
        (Draft::DeliveryNote { parcel }, _) => sheet::delivery_note(sources, &heading, *parcel, &language),
        (_, Some(trade)) => sheet::of_trade(sources, &heading, trade, &language),
        (_, None) => return Err(Fault::Other("a document says nothing".to_owned(), None).into()),
    };
    let (tax_minor, total_minor) = trade
        .as_ref()
        .map_or((0, 0), |trade| (trade.tax_minor(), trade.total_minor()));
    let (content, content_sha256) = written(&Content {
        layout: LAYOUT,
        sheet,
        trade,
    })?;
    let row = document::Model {
        id: DocumentId(tx.shop().new_id()),
        kind,
        number: number.text.clone(),
        series_year: number.series_year,
        series_number: number.series_number,
        order_id: sources.order.id,
        order_number: sources.order.number.clone(),
        subject_id: draft.subject(sources),
        corrects_id: match kind {
            DocumentKind::CreditNote => sources.invoice().map(|invoice| invoice.id),
            DocumentKind::Invoice | DocumentKind::DeliveryNote => None,
        },
        issued_on: heading.issued_on,
        currency: sources.order.currency,
        tax_minor,
        total_minor,
        content_sha256,
        content: Some(content),
        created_at: now,
    };
    document::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    follow(tx, sources, &row).await?;
    Ok(row)
}

async fn follow(tx: &Tx, sources: &Sources, row: &document::Model) -> Result<()> {
    if row.kind == DocumentKind::Invoice && !sources.profile.documents.has_invoices {
        settings::note_documents(tx).await?;
    }
    if sources.settings.mailed && row.kind != DocumentKind::DeliveryNote {
        notifications::tell_of_document(tx, row.order_id, row.id);
    }
    Ok(())
}

/// A credit note of `amount_minor`, with the tax; of all of the invoice, where nothing was taken from it before, its own lines.
fn credited(
    sources: &Sources,
    heading: &Heading<'_>,
    units: &[Back],
    amount_minor: i64,
    language: &Language,
) -> Result<Trade> {
    let missing = || Fault::Other("a credit note has no invoice".to_owned(), None);
    let of = sources.invoice().ok_or_else(missing)?;
    let invoiced = read(of)?.trade.ok_or_else(missing)?;
    let (lines, charges, taxes) = match amount_minor == of.total_minor {
        true => trade::of_all(&invoiced),
        false => {
            let label = language.say(&messages::document_refund(&sources.order.number));
            // What was paid back for units may be more than what an earlier note left.
            let units_minor: i64 = units.iter().map(|back| back.amount_minor).sum();
            let units: &[Back] = if units_minor > amount_minor { &[] } else { units };
            let (lines, taxes) = trade::of_part(&invoiced, units, amount_minor, &label);
            (lines, Vec::new(), taxes)
        }
    };
    Ok(Trade {
        lines,
        charges,
        taxes,
        // It is back, or was never taken.
        paid_minor: amount_minor,
        ..invoice::credit_note(sources, heading, &invoiced, of)
    })
}

/// The units that a refund is for, by the place of their line in the order, and so in the invoice.
async fn units(tx: &Tx, sources: &Sources, refund: RefundId) -> Result<Vec<Back>> {
    let rows = refund_line::Entity::find().filter(refund_line::Column::RefundId.eq(refund));
    let rows = rows.all(tx.db()).await?;
    let back = |row: refund_line::Model| {
        let line = sources.lines.iter().position(|line| line.id == row.order_line_id)?;
        (row.amount_minor > 0).then_some(Back {
            line,
            quantity: i64::from(row.quantity),
            amount_minor: row.amount_minor,
        })
    };
    Ok(rows.into_iter().filter_map(back).collect())
}
