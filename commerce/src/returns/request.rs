//! Somebody wants to send goods of an order back.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, OrderLineId, ReturnId, ReturnLineId, WithdrawalId},
    order,
    order_event::OrderEventKind,
    order_return::{self, ReturnResolution, ReturnStatus},
    order_return_event::ReturnEventKind,
    order_return_line::{self, ReturnReason},
};

use super::{
    decide, policy,
    returnable::{self, Returnable},
    row,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    flags::{self, Capability},
    idempotency::{self, Claim},
    language::messages,
    orders::{
        access::{may_try, opens},
        transition,
    },
    staff::audit,
    text,
};

/// The most lines of one return, and the most returns of one order.
const LINES_MAX: usize = 100;
const RETURNS_MAX: u64 = 50;

/// What comes back, and why.
#[derive(Debug, Clone)]
pub struct Request {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    pub lines: Vec<RequestLine>,
    pub resolution: ReturnResolution,
    /// What the shop should know.
    pub note: Option<String>,
    /// Chosen by the client, once for each return it means to ask for.
    pub idempotency_key: String,
}

/// Units of a line that come back.
#[derive(Debug, Clone)]
pub struct RequestLine {
    pub line: OrderLineId,
    pub quantity: i32,
    pub reason: ReturnReason,
    pub note: Option<String>,
}

/// Asks for a return, for the shopper or for staff, who may make an exception of the shop's rules.
///
/// # Errors
/// Refuses goods that have not been sent or are back, what the shop does not take back or not any more, and store credit for a
/// guest.
pub async fn request(shop: &Shop, context: &Context, input: Request) -> Result<order_return::Model> {
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let note = &text::optional_paragraph(&["note"], input.note.as_deref(), 1_000)?;
    let notes = &notes(&input.lines)?;
    let token = input.access_token.as_deref();
    let input = &input;
    let tried = may_try(shop, context, &input.order.to_string(), token).await?;
    let requested = shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        if !opens(shop, context, &order, token) {
            return Err(Refusal::not_found("order").at(&["orderId"]).into());
        }
        let id = ReturnId(shop.new_id());
        let request = keyed(&tx, input, key);
        if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            let row = order_return::Entity::find_by_id(id).one(tx.db()).await?;
            return Ok(row.ok_or_else(|| Refusal::not_found("return").at(&["idempotencyKey"]))?);
        }
        flags::require_in(&tx, Capability::Returns).await?;
        if input.resolution == ReturnResolution::StoreCredit && order.customer_id.is_none() {
            let refusal = Refusal::new(ErrorCode::Invalid, messages::return_credit_of_guest());
            return Err(refusal.at(&["resolution"]).into());
        }
        check(&tx, &order, input).await?;
        let words = Words {
            note: note.clone(),
            of_lines: notes,
        };
        let row = write(&tx, &order, input, (id, None), words).await?;
        row::tell(&tx, &order, &row, OrderEventKind::ReturnRequested).await?;
        let data = json!({ "order": order.number, "units": units(input) });
        audit(&tx, "return.request", row.id.to_string(), data).await?;
        decide::approve_at_once(&tx, row).await
    });
    let requested = requested.await;
    tried.judge_outcome(shop, context, &requested).await;
    requested
}

fn notes(lines: &[RequestLine]) -> Result<Vec<Option<String>>, Refusal> {
    let note = |(index, line): (usize, &RequestLine)| {
        let path = ["lines", &index.to_string(), "note"];
        text::optional_paragraph(&path, line.note.as_deref(), 1_000)
    };
    lines.iter().enumerate().map(note).collect()
}

fn units(input: &Request) -> i32 {
    input.lines.iter().map(|line| line.quantity).sum()
}

/// A key belongs to the order's, whoever opens it.
fn keyed<'key>(tx: &Tx, input: &Request, key: &'key str) -> idempotency::Request<'key> {
    let order = input.order.to_string();
    let lines = input.lines.iter();
    let lines: Vec<_> = lines
        .map(|asked| {
            format!(
                "{} of {}: {:?} {:?}",
                asked.quantity, asked.line, asked.reason, asked.note
            )
        })
        .collect();
    let resolution = format!("{:?}", input.resolution);
    let mut parts = vec![&*order, &*resolution, input.note.as_deref().unwrap_or_default()];
    parts.extend(lines.iter().map(String::as_str));
    match tx.context().viewer.works_here() {
        true => idempotency::Request::of_staff(tx, "return_request", key, &parts),
        false => idempotency::Request::new("return_request", order.clone(), key, &parts),
    }
}

/// Whether all that is asked for may come back.
async fn check(tx: &Tx, order: &order::Model, input: &Request) -> Result<()> {
    if input.lines.is_empty() || input.lines.len() > LINES_MAX {
        let message = messages::return_lines_range(LINES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
    }
    let before = order_return::Entity::find().filter(order_return::Column::OrderId.eq(order.id));
    if before.count(tx.db()).await? >= RETURNS_MAX {
        let message = messages::return_too_many(RETURNS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["orderId"]).into());
    }
    let policy = policy::policy_on(tx).await?;
    let known = returnable::read(tx.shop(), tx.db(), &policy, order).await?;
    let mut known: HashMap<_, _> = known.into_iter().map(|row| (row.line.id, row)).collect();
    for (index, asked) in input.lines.iter().enumerate() {
        let index = index.to_string();
        // Taken out, so that nobody names it twice.
        let Some(row) = known.remove(&asked.line) else {
            let path = ["lines", &index, "lineId"];
            return Err(Refusal::not_found("line of this order").at(&path).into());
        };
        check_line(tx, &row, asked, &index)?;
    }
    Ok(())
}

fn check_line(tx: &Tx, row: &Returnable, asked: &RequestLine, index: &str) -> Result<(), Refusal> {
    let makes_exceptions = tx.context().viewer.works_here();
    let hindrance = row.hindrance.filter(|found| !(makes_exceptions && found.is_a_rule()));
    if let Some(hindrance) = hindrance {
        let message = hindrance.message(tx.shop());
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", index, "lineId"]));
    }
    if !(1..=row.left).contains(&asked.quantity) {
        let message = messages::return_only_so_many(row.left, &row.line.title);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", index, "quantity"]));
    }
    Ok(())
}

/// What the shopper wrote, checked.
pub(super) struct Words<'a> {
    pub(super) note: Option<String>,
    /// As many as there are lines.
    pub(super) of_lines: &'a [Option<String>],
}

pub(super) async fn write(
    tx: &Tx,
    order: &order::Model,
    input: &Request,
    (id, withdrawal_id): (ReturnId, Option<WithdrawalId>),
    words: Words<'_>,
) -> Result<order_return::Model> {
    let now = tx.shop().now();
    let before = order_return::Entity::find().filter(order_return::Column::OrderId.eq(order.id));
    let row = order_return::Model {
        id,
        order_id: order.id,
        number: before.count(tx.db()).await? as i32 + 1,
        status: ReturnStatus::Requested,
        resolution: input.resolution,
        note: words.note,
        refusal: None,
        location_id: None,
        instructions: None,
        label_url: None,
        refunded_minor: 0,
        fee_minor: 0,
        event_count: 1,
        version: 1,
        created_by: tx.context().viewer.actor(),
        created_at: now,
        updated_at: now,
        decided_at: None,
        closed_at: None,
        exchange_order_id: None,
        exchange_refund_id: None,
        exchange_due_at: None,
        withdrawal_id,
    };
    order_return::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    let lines = (0..).zip(input.lines.iter().zip(words.of_lines));
    let lines = lines.map(|(position, (asked, note))| {
        let line = order_return_line::Model {
            id: ReturnLineId(tx.shop().new_id()),
            return_id: id,
            order_line_id: asked.line,
            position,
            quantity: asked.quantity,
            reason: asked.reason,
            note: note.clone(),
            received: 0,
            restocked: 0,
            written_off: 0,
            refunded: 0,
        };
        line.into_active_model()
    });
    order_return_line::Entity::insert_many(lines)
        .exec_without_returning(tx.db())
        .await?;
    row::note(tx, &row, ReturnEventKind::Requested, json!({ "units": units(input) }));
    Ok(row)
}
