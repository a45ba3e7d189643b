//! Reads what orders give to be fetched, and whether they do at this moment.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use vitrine_entity::{ids::OrderId, order, order_download, variant_file};

use crate::{Result, Shop};

/// A file that an order gives.
#[derive(Debug, Clone)]
pub struct Download {
    pub row: order_download::Model,
    pub file: variant_file::Model,
    pub state: DownloadState,
}

/// Whether a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadState {
    Ready,
    /// The order is not paid, or no more: it was cancelled, or its money went back.
    Closed,
    UsedUp,
    Expired,
}

/// Which `orders` give what they sold: those that are not cancelled, whose money was taken and is not all back, or is
/// held, or that cost nothing. What is only promised, such as cash at the door, is not paid.
pub(super) const IS_PAID: &str = "orders.status <> 'CANCELLED' and ((orders.total_minor = orders.credit_minor \
    and (orders.credit_minor = 0 or exists (select 1 from order_credit c where c.order_id = orders.id \
     and c.returned_minor < c.amount_minor))) or exists \
    (select 1 from payment where payment.order_id = orders.id \
     and (payment.captured_minor > payment.refunded_minor + payment.credited_minor \
     or (payment.status = 'AUTHORIZED' and payment.capture_mode <> 'BY_STAFF' and payment.captured_minor = 0))))";

/// What orders give, in the order in which it was granted. Whoever shows them has asked whose they are.
pub async fn of_orders(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<Download>>> {
    let rows = order_download::Entity::find()
        .filter(order_download::Column::OrderId.is_in(orders.iter().copied()))
        .order_by_asc(order_download::Column::Id)
        .all(&shop.db)
        .await?;
    let mut downloads: HashMap<_, Vec<_>> = HashMap::new();
    for download in with_files(shop, rows).await? {
        downloads.entry(download.row.order_id).or_default().push(download);
    }
    Ok(downloads)
}

/// What an order gives.
pub(crate) async fn of_order(shop: &Shop, order: OrderId) -> Result<Vec<Download>> {
    Ok(of_orders(shop, &[order]).await?.remove(&order).unwrap_or_default())
}

pub(super) async fn with_files(shop: &Shop, rows: Vec<order_download::Model>) -> Result<Vec<Download>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let files = variant_file::Entity::find()
        .filter(variant_file::Column::Id.is_in(rows.iter().map(|row| row.file_id)))
        .all(&shop.db)
        .await?;
    let files: HashMap<_, _> = files.into_iter().map(|file| (file.id, file)).collect();
    let paid = order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::Id.is_in(rows.iter().map(|row| row.order_id)))
        .filter(Expr::cust(IS_PAID))
        .into_tuple::<OrderId>()
        .all(&shop.db)
        .await?;
    let now = shop.now();
    let downloads = rows.into_iter().filter_map(|row| {
        let state = state(&row, paid.contains(&row.order_id), now);
        let file = files.get(&row.file_id)?.clone();
        Some(Download { row, file, state })
    });
    Ok(downloads.collect())
}

fn state(row: &order_download::Model, is_paid: bool, now: DateTime<Utc>) -> DownloadState {
    if !is_paid {
        DownloadState::Closed
    } else if row.expires_at.is_some_and(|at| at <= now) {
        DownloadState::Expired
    } else if row.remaining == Some(0) {
        DownloadState::UsedUp
    } else {
        DownloadState::Ready
    }
}
