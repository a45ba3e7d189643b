//! Staff give an order's downloads anew.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderDownloadId, OrderId},
    order, order_download,
    order_event::OrderEventKind,
    order_line, variant_file,
};

use super::grant::{expiry, fetches, grant_lines, is_open, of};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::{Message, messages},
    orders::{load, transition},
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Which order's, as it was seen.
#[derive(Debug, Clone, Copy)]
pub struct Renew {
    pub order: OrderId,
    pub expected_version: Option<i64>,
    /// One of them; all, where it is not said.
    pub download: Option<OrderDownloadId>,
}

/// Gives downloads anew, as often and as long as files are given today, under the links that they have; where all are
/// renewed, also those files that what was bought has by now and the order did not give. Their mail goes out.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `VERSION_CONFLICT`; `ORDER_STATE` for an order that is not paid, was
/// cancelled or paid back, or gives nothing.
pub async fn renew(shop: &Shop, context: &Context, input: Renew) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        expect_version("order", order.event_count, input.expected_version)?;
        if !is_open(&tx, order.id).await? {
            return Err(refusal(messages::downloads_not_paid()).into());
        }
        let lines = load::lines_on(tx.db(), order.id).await?;
        // Before its payment was seen to, it gives nothing yet, and will by itself.
        if input.download.is_none() && is_confirmed(&order) {
            grant_lines(&tx, order.id, &lines).await?;
        }
        let mut rows = of(&tx, order.id).await?;
        if let Some(id) = input.download {
            rows.retain(|row| row.id == id);
            if rows.is_empty() {
                return Err(Refusal::not_found("download").at(&["downloadId"]).into());
            }
        }
        if rows.is_empty() {
            return Err(refusal(messages::no_downloads_bought()).into());
        }
        let renewed: Vec<_> = rows.iter().map(|row| row.id).collect();
        reset(&tx, rows, &lines).await?;
        let data = json!({ "downloads": renewed });
        let order = transition::note(&tx, &order, OrderEventKind::DownloadsRenewed, true, data.clone()).await?;
        audit(&tx, "order.downloads_renew", order.id.to_string(), data).await?;
        Ok(order)
    })
    .await
}

fn is_confirmed(order: &order::Model) -> bool {
    use vitrine_entity::order::OrderStatus::{Completed, Confirmed, Dispatched};
    matches!(order.status, Confirmed | Dispatched | Completed)
}

async fn reset(tx: &Tx, rows: Vec<order_download::Model>, lines: &[order_line::Model]) -> Result<()> {
    let files = variant_file::Entity::find()
        .filter(variant_file::Column::Id.is_in(rows.iter().map(|row| row.file_id)))
        .all(tx.db())
        .await?;
    for row in rows {
        let Some(file) = files.iter().find(|file| file.id == row.file_id) else {
            continue;
        };
        let line = lines.iter().find(|line| line.id == row.order_line_id);
        let fresh = order_download::Model {
            remaining: fetches(file, line.map_or(1, |line| line.quantity)),
            expires_at: expiry(file, tx.shop().now()),
            fetched_at: None,
            parts: 0,
            ..row
        };
        fresh.into_active_model().reset_all().update(tx.db()).await?;
    }
    Ok(())
}

fn refusal(message: Message) -> Refusal {
    Refusal::new(ErrorCode::OrderState, message).at(&["orderId"])
}
