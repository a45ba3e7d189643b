//! Makes the documents of an order that are due: in a job after whatever may lead to one, and when staff ask. What is there is not
//! made again, however often this runs: the order is locked, and a document is of one subject.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};
use serde_json::json;
use uuid::Uuid;
use vitrine_entity::{
    credit_entry::{self, CreditEntryKind},
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
    write::{self, Draft},
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
    if sources.invoice().is_none() && is_invoice_due(&sources, asked)? {
        write_one(tx, &mut sources, Draft::Invoice).await?;
    }
    if sources.invoice().is_some() {
        for (refund, amount_minor) in refunds(tx, id).await? {
            let left_minor = sources.left_minor();
            if left_minor > 0 && !sources.has(DocumentKind::CreditNote, refund.0) {
                let amount_minor = amount_minor.min(left_minor);
                write_one(tx, &mut sources, Draft::Refund { refund, amount_minor }).await?;
            }
        }
        if sources.order.status == OrderStatus::Cancelled && sources.left_minor() > 0 {
            write_one(tx, &mut sources, Draft::Cancelled).await?;
        }
    }
    Ok(sources.documents.len() - before)
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
const SHARES: &str = "select s.order_refund_id as refund_id, s.amount_minor as amount_minor, \
    coalesce(r.status, 'SUCCEEDED') as status, 1 as is_whole from refund_share s \
    join order_refund o on o.id = s.order_refund_id left join refund r on r.id = s.refund_id where o.order_id = $1 \
    union all select r.id as refund_id, r.amount_minor as amount_minor, r.status as status, 0 as is_whole from refund r \
    where r.order_id = $1 and not exists (select 1 from refund_share s where s.refund_id = r.id)";

/// A part of a refund.
#[derive(FromQueryResult)]
struct Share {
    refund_id: RefundId,
    amount_minor: i64,
    status: RefundStatus,
    /// 1 where all parts of the refund are told, those by credit among them.
    is_whole: i32,
}

/// What was paid back, by each refund that is over, oldest first: by a provider, by hand, and as credit. One of which a part is
/// under way waits for it, so that its note tells of all of it.
async fn refunds(tx: &Tx, id: OrderId) -> Result<BTreeMap<RefundId, i64>> {
    let shares: Vec<Share> = sql::all(tx.db(), SHARES, [id.into()]).await?;
    let mut amounts: BTreeMap<RefundId, i64> = BTreeMap::new();
    for share in shares.iter().filter(|share| share.status == RefundStatus::Succeeded) {
        *amounts.entry(share.refund_id).or_default() += share.amount_minor;
    }
    let entries = credit_entry::Entity::find()
        .filter(credit_entry::Column::OrderId.eq(id))
        .filter(credit_entry::Column::Kind.eq(CreditEntryKind::Refunded));
    for entry in entries.all(tx.db()).await? {
        let Some(refund) = entry.refund_id else { continue };
        let is_told = shares
            .iter()
            .any(|share| share.refund_id == refund && share.is_whole == 1);
        if !is_told {
            *amounts.entry(refund).or_default() += entry.amount_minor;
        }
    }
    amounts.retain(|refund, _| {
        let mut of_it = shares.iter().filter(|share| share.refund_id == *refund);
        !of_it.any(|share| share.status == RefundStatus::Requested)
    });
    Ok(amounts)
}

impl Sources {
    pub(super) fn invoice(&self) -> Option<&document::Model> {
        self.documents
            .iter()
            .find(|document| document.kind == DocumentKind::Invoice)
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
