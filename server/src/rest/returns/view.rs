//! What is told of a return.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::{ToSchema, openapi::ObjectBuilder};
use vitrine_commerce::{Fault, Result, Shop, orders::load, returns};
use vitrine_entity::{
    order,
    order_return::{self, ReturnResolution, ReturnStatus},
    order_return_line::{self, ReturnReason},
};

use crate::rest::view::{MoneyView, status, status_schema};

/// Goods of an order that come back.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Return)]
pub(in crate::rest) struct ReturnView {
    /// Names the return.
    #[schema(example = "ret_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// What people read and say: write it on the parcel.
    #[schema(example = "V-7K3M-9QXT-R1")]
    number: String,
    /// The order's id.
    order_id: String,
    #[schema(schema_with = return_status)]
    status: String,
    #[schema(schema_with = return_resolution)]
    resolution: String,
    /// What the shopper wrote.
    note: Option<String>,
    /// Why it was refused.
    refusal: Option<String>,
    /// How the goods are sent.
    instructions: Option<String>,
    /// Where the shopper finds a label that the shop pays.
    label_url: Option<String>,
    /// What comes back.
    lines: Vec<ReturnLineView>,
    /// How much went back for it.
    refunded: MoneyView,
    /// How much was kept as a restocking fee.
    fee: MoneyView,
    /// The statement of withdrawal that it follows from. Left out where somebody asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawal_id: Option<String>,
    /// When it was asked for.
    created_at: DateTime<Utc>,
    /// Grows with every change: send it as `expectedVersion`.
    version: i64,
}

/// Units of an order's line that come back, and what became of them.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ReturnLine)]
struct ReturnLineView {
    /// Names the line of the return.
    id: String,
    /// The order's line.
    order_line_id: String,
    /// How many units come back.
    quantity: i32,
    #[schema(schema_with = return_reason)]
    reason: String,
    /// What the shopper wrote of it.
    note: Option<String>,
    /// How many of them have come.
    received_quantity: i32,
    /// Of those that came, how many are in stock again.
    restocked_quantity: i32,
    /// Of those that came, how many are not sold any more.
    written_off_quantity: i32,
    /// Of how many the money went back.
    refunded_quantity: i32,
}

fn return_status() -> ObjectBuilder {
    status_schema::<ReturnStatus>("Where it stands.")
}

fn return_resolution() -> ObjectBuilder {
    status_schema::<ReturnResolution>("What the shopper wants for the goods.")
}

fn return_reason() -> ObjectBuilder {
    status_schema::<ReturnReason>("Why they come back.")
}

impl ReturnView {
    pub(super) async fn load(shop: &Shop, row: order_return::Model) -> Result<Self> {
        let mut views = Self::load_all(shop, vec![row]).await?;
        let missing = || Fault::Other("a return that was read has no order".to_owned(), None);
        Ok(views.pop().ok_or_else(missing)?)
    }

    pub(super) async fn load_all(shop: &Shop, rows: Vec<order_return::Model>) -> Result<Vec<Self>> {
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let of: Vec<_> = rows.iter().map(|row| row.order_id).collect();
        let orders = load::orders(shop, &of).await?;
        let lines = returns::lines_of(shop, &ids).await?;
        let view = |row: order_return::Model| {
            let order = orders.get(&row.order_id)?;
            let lines = lines.get(&row.id).map(Vec::as_slice).unwrap_or_default();
            Some(Self::new(row, order, lines))
        };
        Ok(rows.into_iter().filter_map(view).collect())
    }

    fn new(row: order_return::Model, order: &order::Model, lines: &[order_return_line::Model]) -> Self {
        let line = |line: &order_return_line::Model| ReturnLineView {
            id: line.id.to_string(),
            order_line_id: line.order_line_id.to_string(),
            quantity: line.quantity,
            reason: status(&line.reason),
            note: line.note.clone(),
            received_quantity: line.received,
            restocked_quantity: line.restocked,
            written_off_quantity: line.written_off,
            refunded_quantity: line.refunded,
        };
        Self {
            id: row.id.to_string(),
            number: format!("{}-R{}", order.number, row.number),
            order_id: row.order_id.to_string(),
            status: status(&row.status),
            resolution: status(&row.resolution),
            note: row.note,
            refusal: row.refusal,
            instructions: row.instructions,
            label_url: row.label_url,
            lines: lines.iter().map(line).collect(),
            refunded: MoneyView::new(row.refunded_minor, order.currency),
            fee: MoneyView::new(row.fee_minor, order.currency),
            withdrawal_id: row.withdrawal_id.map(|id| id.to_string()),
            created_at: row.created_at,
            version: row.version,
        }
    }
}
