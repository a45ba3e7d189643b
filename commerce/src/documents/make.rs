//! Makes the documents of an order that are due: in a job after whatever may lead to one, and when staff ask. What is there is not
//! made again, however often this runs: the order is locked, and a document is of one subject.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;
use vitrine_entity::{
    document::{self, DocumentKind},
    document_settings::InvoiceAt,
    ids::{OrderId, RefundId},
    order::OrderStatus,
    refund::RefundStatus,
    shipment::{self, ShipmentStatus},
};

use super::{
    gather::{Sources, gather},
    seller,
    settings::{self, DocumentSettings},
    write::{self, Draft, Repaid},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    jobs::JobError,
    language::messages,
    orders::{state::is_paid, transition},
    outbox::Lease,
    sql,
    staff::{Permission, audit, permission},
};

/// Job: makes what is due of an order's documents.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: OrderId) -> Result<(), JobError> {
    let settings = &settings::read(shop).await?;
    shop.transact(context, |tx| async move {
        make_due(&tx, id, settings.clone(), false).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Makes an order's invoice, if it has none, and whatever else is due of its documents. Gives all that it has. Asked again it
/// makes nothing more.
///
/// # Errors
/// Refuses whoever may not, an order that is not paid, and invoices while something is missing that the law wants on one.
pub async fn make(shop: &Shop, context: &Context, id: OrderId) -> Result<Vec<document::Model>> {
    permission::require(context, Permission::Orders)?;
    let settings = &settings::read(shop).await?;
    shop.transact(context, |tx| async move {
        let made = make_due(&tx, id, settings.clone(), true).await?;
        if made > 0 {
            audit(&tx, "documents.make", id.to_string(), json!({ "made": made })).await?;
        }
        let documents = document::Entity::find().filter(document::Column::OrderId.eq(id));
        Ok(documents.order_by_asc(document::Column::Id).all(tx.db()).await?)
    })
    .await
}

/// Gives how many were made.
async fn make_due(tx: &Tx, id: OrderId, settings: DocumentSettings, asked: bool) -> Result<usize> {
    let order = transition::lock(tx, id).await?;
    let mut sources = gather(tx, order, settings).await?;
    let before = sources.documents.len();
    for parcel in due_delivery_notes(&sources, asked) {
        write_one(tx, &mut sources, Draft::DeliveryNote { parcel }).await?;
    }
    match sources.invoice() {
        None if is_invoice_due(&sources, asked)? => write_one(tx, &mut sources, Draft::Invoice).await?,
        // An order that was cancelled is not invoiced again: what is left is taken back by that.
        Some(_) if sources.is_changed() && is_paid(sources.order.status) => correct(tx, &mut sources).await?,
        _ => {}
    }
    if let Some(invoice) = sources.invoice().map(|invoice| invoice.id) {
        for (refund, paid_minor) in refunds(tx, id).await? {
            let notes = sources.notes_of(refund);
            let of_it = notes.iter().filter(|note| note.corrects_id == Some(invoice));
            let noted_minor: i64 = of_it.map(|note| note.total_minor).sum();
            let repaid = Repaid {
                refund,
                amount_minor: (paid_minor - noted_minor).min(sources.left_minor()),
                after: notes.last().map(|note| note.id),
            };
            if repaid.amount_minor > 0 {
                write_one(tx, &mut sources, Draft::Refund(repaid)).await?;
            }
        }
        if sources.order.status == OrderStatus::Cancelled && sources.left_minor() > 0 {
            write_one(tx, &mut sources, Draft::Cancelled).await?;
        }
    }
    Ok(sources.documents.len() - before)
}

/// The invoice of an order that was changed: all that is left of it is taken back, and another says how the order is now. So
/// each invoice is whole by itself, which a note of a difference is not where lines are added. What went back before for
/// another reason is then taken off the new one, too, by notes of its own.
async fn correct(tx: &Tx, sources: &mut Sources) -> Result<()> {
    if sources.left_minor() > 0 {
        write_one(tx, sources, Draft::Cancelled).await?;
    }
    write_one(tx, sources, Draft::Invoice).await
}

async fn write_one(tx: &Tx, sources: &mut Sources, draft: Draft) -> Result<()> {
    let written = write::write(tx, sources, draft).await?;
    sources.documents.push(written);
    Ok(())
}

/// Whether an order is to get its invoice.
///
/// # Errors
/// Refuses what was asked for and cannot be, and where something is missing.
fn is_invoice_due(sources: &Sources, asked: bool) -> Result<bool, Refusal> {
    let order = &sources.order;
    // An order that was cancelled, or not paid, is none that was sold.
    let is_sold = is_paid(order.status);
    if asked && !is_sold && sources.documents.is_empty() {
        let message = messages::invoice_of_unpaid();
        return Err(Refusal::new(ErrorCode::OrderState, message).at(&["orderId"]));
    }
    let is_sent = matches!(order.status, OrderStatus::Dispatched | OrderStatus::Completed);
    let is_time = match sources.settings.invoice_at {
        InvoiceAt::Asked => false,
        InvoiceAt::Payment => order.status != OrderStatus::PaymentSuccess,
        InvoiceAt::Dispatch => is_sent,
    };
    let since = sources.settings.automatic_since;
    let is_automatic = is_time && since.is_some_and(|since| order.placed_at >= since);
    if !is_sold || !(asked || is_automatic) {
        return Ok(false);
    }
    seller::require_complete(&sources.profile, &sources.settings, "orderId")?;
    Ok(true)
}

/// The parcels that have none and are to have one: those that have left, and where staff ask what is packed.
fn due_delivery_notes(sources: &Sources, asked: bool) -> Vec<usize> {
    if !asked && !sources.settings.delivery_notes {
        return Vec::new();
    }
    let is_due = |parcel: &shipment::Model| match parcel.status {
        ShipmentStatus::Cancelled => false,
        ShipmentStatus::Packed => asked,
        _ => true,
    };
    let parcels = sources.parcels.iter().enumerate();
    let due =
        parcels.filter(|(_, (parcel, _))| is_due(parcel) && !sources.has(DocumentKind::DeliveryNote, parcel.id.0));
    due.map(|(place, _)| place).collect()
}

/// What every refund of an order pays back: over all that the order was paid with, and of earlier versions by a provider.
/// Those for a change are in the invoice that follows it.
const SHARES: &str = "select s.order_refund_id as refund_id, s.amount_minor as amount_minor, \
    coalesce(r.status, 'SUCCEEDED') as status, 1 as is_whole from refund_share s \
    join order_refund o on o.id = s.order_refund_id left join refund r on r.id = s.refund_id where o.order_id = $1 \
    and not exists (select 1 from order_version v where v.refund_id = o.id) \
    union all select r.id as refund_id, r.amount_minor as amount_minor, r.status as status, 0 as is_whole from refund r \
    where r.order_id = $1 and not exists (select 1 from refund_share s where s.refund_id = r.id)";

/// What went back as credit, but for a change, as above.
const CREDITS: &str = "select e.refund_id as refund_id, e.amount_minor as amount_minor from credit_entry e \
    where e.order_id = $1 and e.kind = 'REFUNDED' and e.refund_id is not null \
    and not exists (select 1 from order_version v where v.refund_id = e.refund_id)";

/// Of a refund, what is on gift cards and store credit.
#[derive(FromQueryResult)]
struct Credited {
    refund_id: RefundId,
    amount_minor: i64,
}

/// A part of a refund.
#[derive(FromQueryResult)]
struct Share {
    refund_id: RefundId,
    amount_minor: i64,
    status: RefundStatus,
    /// 1 where all parts of the refund are told, those by credit among them.
    is_whole: i32,
}

/// What was paid back, by each refund, oldest first: by a provider, by hand, and as credit. What of it is under way has a note of
/// its own as soon as it is there.
async fn refunds(tx: &Tx, id: OrderId) -> Result<BTreeMap<RefundId, i64>> {
    let shares: Vec<Share> = sql::all(tx.db(), SHARES, [id.into()]).await?;
    let mut amounts: BTreeMap<RefundId, i64> = BTreeMap::new();
    for share in shares.iter().filter(|share| share.status == RefundStatus::Succeeded) {
        *amounts.entry(share.refund_id).or_default() += share.amount_minor;
    }
    let credited: Vec<Credited> = sql::all(tx.db(), CREDITS, [id.into()]).await?;
    for entry in credited {
        let is_whole = |share: &Share| share.refund_id == entry.refund_id && share.is_whole == 1;
        if !shares.iter().any(is_whole) {
            *amounts.entry(entry.refund_id).or_default() += entry.amount_minor;
        }
    }
    Ok(amounts)
}

impl Sources {
    /// The one in force: of the latest version that has one. The first is of the order itself.
    pub(super) fn invoice(&self) -> Option<&document::Model> {
        let mut invoices: Vec<_> = self
            .documents
            .iter()
            .filter(|document| document.kind == DocumentKind::Invoice)
            .collect();
        invoices.sort_by_key(|invoice| self.versions.get(&invoice.subject_id));
        invoices.pop()
    }

    /// Whether the invoice says something else than the order.
    pub(super) fn is_changed(&self) -> bool {
        self.invoice()
            .is_some_and(|invoice| invoice.subject_id != self.invoiced())
    }

    /// What an invoice is of: the version in force, or the order where it was never changed.
    pub(super) fn invoiced(&self) -> Uuid {
        let latest = self.versions.iter().max_by_key(|(_, number)| **number);
        latest.map_or(self.order.id.0, |(version, _)| *version)
    }

    /// The credit notes of a refund: that of what came first, and each that follows one.
    fn notes_of(&self, refund: RefundId) -> Vec<&document::Model> {
        let mut notes: Vec<&document::Model> = Vec::new();
        let mut subject = refund.0;
        while let Some(note) = self
            .documents
            .iter()
            .find(|document| document.kind == DocumentKind::CreditNote && document.subject_id == subject)
        {
            subject = note.id.0;
            notes.push(note);
        }
        notes
    }

    fn has(&self, kind: DocumentKind, subject: Uuid) -> bool {
        let mut documents = self.documents.iter();
        documents.any(|document| document.kind == kind && document.subject_id == subject)
    }

    /// What of the invoice no credit note takes back.
    pub(super) fn left_minor(&self) -> i64 {
        let sum = |kind| {
            let of_kind = self.documents.iter().filter(move |document| document.kind == kind);
            of_kind.map(|document| document.total_minor).sum::<i64>()
        };
        sum(DocumentKind::Invoice) - sum(DocumentKind::CreditNote)
    }
}
