//! Writes a document: its number, what it says, and its row, at once.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;
use vitrine_entity::{
    document::{self, DocumentKind},
    ids::{DocumentId, RefundId},
    order_refund, order_return,
    order_return_event::{self, ReturnEventKind},
    refund_line,
};

use super::{
    content::{Content, LAYOUT, read, written},
    gather::Sources,
    heading::Heading,
    invoice, numbers, sheet,
    trade::{self, Back, Given, Trade},
};
use crate::{
    Fault, Result, Tx,
    language::{Language, messages},
    notifications, orders,
    ports::document_renderer::Row,
    settings,
};

/// What is to be written.
pub(super) enum Draft {
    Invoice,
    /// Of what a refund paid back, as far as the invoice has it.
    Refund(Repaid),
    /// Of all that is left of an invoice: the order was cancelled, or changed.
    Cancelled,
    /// Of the parcel at this place.
    DeliveryNote {
        parcel: usize,
    },
}

/// What of a refund has no credit note.
#[derive(Debug, Clone, Copy)]
pub(super) struct Repaid {
    pub(super) refund: RefundId,
    pub(super) amount_minor: i64,
    /// The last note of it, where parts of it came before.
    pub(super) after: Option<DocumentId>,
}

impl Draft {
    fn kind(&self) -> DocumentKind {
        match self {
            Self::Invoice => DocumentKind::Invoice,
            Self::Refund(_) | Self::Cancelled => DocumentKind::CreditNote,
            Self::DeliveryNote { .. } => DocumentKind::DeliveryNote,
        }
    }

    fn subject(&self, sources: &Sources) -> Uuid {
        match self {
            Self::Invoice => sources.invoiced(),
            Self::Refund(repaid) => repaid.after.map_or(repaid.refund.0, |note| note.0),
            Self::Cancelled => sources.invoice().map_or(sources.order.id.0, |invoice| invoice.id.0),
            Self::DeliveryNote { parcel } => sources.parcels[*parcel].0.id.0,
        }
    }
}

/// Writes it. To be called last, for it holds the series of its number.
pub(super) async fn write(tx: &Tx, sources: &Sources, draft: Draft) -> Result<document::Model> {
    let profile = &sources.profile;
    let language = orders::language_of(&sources.order);
    let now = tx.shop().now();
    let wanted = match &draft {
        Draft::Refund(repaid) => wanted(tx, sources, repaid.refund).await?,
        _ => Wanted::default(),
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
        Draft::Refund(repaid) => Some(credited(sources, &heading, (&wanted, repaid.amount_minor), &language)?),
        Draft::Cancelled => Some(credited(sources, &heading, (&wanted, sources.left_minor()), &language)?),
        Draft::DeliveryNote { .. } => None,
    };
    let sheet = match (&draft, &trade) {
        (Draft::DeliveryNote { parcel }, _) => sheet::delivery_note(sources, &heading, *parcel, &language),
        (_, Some(trade)) => {
            let rows = rows(sources, trade, &language)?;
            sheet::of_trade(sources, &heading, trade, rows, &language)
        }
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

/// What takes back all of an invoice shows what that did: of an order that was changed since, its rows are no longer there to tell.
fn rows(sources: &Sources, trade: &Trade, language: &Language) -> Result<Vec<Row>> {
    match sources
        .invoice()
        .filter(|of| trade.is_credit_note && of.total_minor == trade.total_minor())
    {
        Some(of) => Ok(read(of)?.sheet.rows),
        None => Ok(sheet::rows(sources, trade, language)),
    }
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

/// What a refund is for.
#[derive(Default)]
struct Wanted {
    units: Vec<Back>,
    shipping_minor: i64,
    /// The lines that the rest of it is for, each by its weight.
    of_lines: Vec<(usize, i64)>,
}

/// A credit note of an amount, with the tax, of which so much is for units and for shipping; of all of the invoice, where nothing
/// was taken from it before, its own lines.
fn credited(
    sources: &Sources,
    heading: &Heading<'_>,
    (wanted, amount_minor): (&Wanted, i64),
    language: &Language,
) -> Result<Trade> {
    let missing = || Fault::Other("a credit note has no invoice".to_owned(), None);
    let of = sources.invoice().ok_or_else(missing)?;
    let invoiced = read(of)?.trade.ok_or_else(missing)?;
    let before = notes_before(sources, of)?;
    let (lines, charges, taxes) = match amount_minor == of.total_minor {
        true => trade::of_all(&invoiced),
        false => {
            let label = language.say(&messages::document_refund(&sources.order.number));
            let given = Given {
                amount_minor,
                units: &wanted.units,
                shipping_minor: wanted.shipping_minor,
                of_lines: &wanted.of_lines,
                label: &label,
            };
            let (lines, taxes) = trade::of_part(&invoiced, &before, &given);
            (lines, Vec::new(), taxes)
        }
    };
    let trade = Trade {
        lines,
        charges,
        taxes,
        // It is back, or was never taken.
        paid_minor: amount_minor,
        ..invoice::credit_note(sources, heading, &invoiced, of)
    };
    let trade = Trade {
        tax_in_own_currency: trade::in_own_currency(&invoiced, &before, trade.tax_minor()),
        ..trade
    };
    Ok(trade.with_tax_scheme())
}

/// The credit notes that an invoice has.
fn notes_before(sources: &Sources, invoice: &document::Model) -> Result<Vec<Trade>> {
    let notes = sources
        .documents
        .iter()
        .filter(|note| note.kind == DocumentKind::CreditNote && note.corrects_id == Some(invoice.id));
    let trades = notes.map(|note| read(note).map(|content| content.trade));
    let trades: Vec<Option<Trade>> = trades.collect::<Result<_>>()?;
    Ok(trades.into_iter().flatten().collect())
}

/// The units that a refund is for, by the place of their line in the order, and so in the invoice, and how much of it is for
/// shipping. Of an order that was changed since, and cancelled before it was invoiced anew, the invoice has other lines.
async fn wanted(tx: &Tx, sources: &Sources, refund: RefundId) -> Result<Wanted> {
    let whole = order_refund::Entity::find_by_id(refund).one(tx.db()).await?;
    let shipping_minor = whole.map_or(0, |whole| whole.shipping_minor);
    if sources.is_changed() {
        return Ok(Wanted {
            shipping_minor,
            ..Wanted::default()
        });
    }
    let rows = refund_line::Entity::find().filter(refund_line::Column::RefundId.eq(refund));
    let rows = rows.all(tx.db()).await?;
    let of_lines = match rows.is_empty() {
        true => exchanged(tx, sources, refund).await?,
        false => Vec::new(),
    };
    let back = |row: refund_line::Model| {
        let line = place(sources, &row)?;
        (row.amount_minor > 0).then_some(Back {
            line,
            quantity: i64::from(row.quantity),
            amount_minor: row.amount_minor,
        })
    };
    Ok(Wanted {
        units: rows.into_iter().filter_map(back).collect(),
        shipping_minor,
        of_lines,
    })
}

/// Of what goods cost less that were sent in place of others: the lines of those, each by how much less. The event of the exchange
/// names that refund, and the one that paid what was sent kept so much of each line.
async fn exchanged(tx: &Tx, sources: &Sources, refund: RefundId) -> Result<Vec<(usize, i64)>> {
    let returns = order_return::Entity::find()
        .filter(order_return::Column::OrderId.eq(sources.order.id))
        .filter(order_return::Column::ExchangeRefundId.is_not_null());
    let difference = refund.to_string();
    for row in returns.all(tx.db()).await? {
        let events = order_return_event::Entity::find()
            .filter(order_return_event::Column::ReturnId.eq(row.id))
            .filter(order_return_event::Column::Kind.eq(ReturnEventKind::Exchanged));
        let events = events.all(tx.db()).await?;
        if !events.iter().any(|event| event.data["difference"] == difference) {
            continue;
        }
        let Some(paid) = row.exchange_refund_id else { continue };
        let paid = refund_line::Entity::find().filter(refund_line::Column::RefundId.eq(paid));
        let paid = paid.all(tx.db()).await?;
        let of_lines = paid.iter().filter(|line| line.withheld_minor > 0);
        return Ok(of_lines
            .filter_map(|line| Some((place(sources, line)?, line.withheld_minor)))
            .collect());
    }
    Ok(Vec::new())
}

fn place(sources: &Sources, row: &refund_line::Model) -> Option<usize> {
    sources.lines.iter().position(|line| line.id == row.order_line_id)
}
