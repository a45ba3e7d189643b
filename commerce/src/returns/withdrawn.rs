//! Goods from whose contract the shopper has withdrawn come back: it takes nobody's approval, but somebody has to know where
//! they are sent.

use serde_json::json;
use vitrine_entity::{
    ids::{OrderLineId, ReturnId, WithdrawalId},
    order,
    order_event::OrderEventKind,
    order_return::{self, ReturnResolution, ReturnStatus},
    order_return_line::ReturnReason,
};

use super::{
    decide::approve_where_possible,
    policy,
    request::{self, Request, RequestLine, Words},
    row,
};
use crate::{Result, Tx, orders::transition, staff::audit};

/// Which units come back.
pub(crate) struct Withdrawn {
    pub(crate) withdrawal: WithdrawalId,
    /// Each line once, as many units as are with the shopper at most.
    pub(crate) lines: Vec<(OrderLineId, i32)>,
    /// What staff should know.
    pub(crate) note: Option<String>,
}

/// Writes the return by which withdrawn goods of a locked order come back, and tells the shopper where to send them.
pub(crate) async fn take_back(tx: &Tx, order: &order::Model, goods: Withdrawn) -> Result<order_return::Model> {
    let lines = goods.lines.iter().map(|(line, quantity)| RequestLine {
        line: *line,
        quantity: *quantity,
        reason: ReturnReason::ChangedMind,
        note: None,
    });
    let input = Request {
        order: order.id,
        access_token: None,
        lines: lines.collect(),
        resolution: ReturnResolution::Refund,
        note: None,
        idempotency_key: String::new(),
    };
    let words = Words {
        note: goods.note,
        of_lines: &vec![None; input.lines.len()],
    };
    let id = ReturnId(tx.shop().new_id());
    let row = request::write(tx, order, &input, (id, Some(goods.withdrawal)), words).await?;
    let data = json!({ "order": order.number, "withdrawal": goods.withdrawal.to_string() });
    audit(tx, "return.request", row.id.to_string(), data).await?;
    let policy = policy::policy_on(tx).await?;
    let row = approve_where_possible(tx, &policy, row).await?;
    if row.status == ReturnStatus::Requested {
        let order = transition::lock(tx, order.id).await?;
        row::tell(tx, &order, &row, OrderEventKind::ReturnRequested).await?;
    }
    Ok(row)
}
