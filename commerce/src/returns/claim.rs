//! Something was wrong with goods, and nobody sends them back: they are sent again, or a part of the money goes back.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderClaimId, OrderId, OrderLineId},
    order,
    order_claim::{self, ClaimKind, ClaimReason},
    order_claim_line,
    order_event::OrderEventKind,
    order_refund::RefundTo,
};

use super::{
    replacement::{self, Sent, Why},
    settled,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim as Claimed},
    language::{Message, messages},
    money::Currency,
    orders::{fulfilment_on, load, transition},
    payments, sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// What takes off the whole price of goods that are sent again is called so.
pub(crate) const RESENT: &str = "REPLACEMENT";

/// The most lines of one claim.
const LINES_MAX: usize = 100;

/// What was wrong, and what the shop does about it.
#[derive(Debug, Clone)]
pub struct Claim {
    pub order: OrderId,
    pub kind: ClaimKind,
    pub reason: ClaimReason,
    /// Shown to the shopper.
    pub note: Option<String>,
    /// Which units it is about: at least one where they are sent again.
    pub lines: Vec<(OrderLineId, i32)>,
    /// Whether units may be among them that are settled otherwise: sent again, paid back, or made good by an amount.
    pub again: bool,
    /// A decimal in the order's currency, of what goes back.
    pub amount: Option<String>,
    /// Chosen by the client, once for each claim.
    pub idempotency_key: String,
}

/// Settles a claim: goods are sent again at no cost, or money goes back and the goods stay. Gives it with the order's currency.
///
/// # Errors
/// Refuses whoever may not, more units than were sent and are not settled, and what
/// `orderRefund` refuses.
pub async fn claim(shop: &Shop, context: &Context, input: Claim) -> Result<(order_claim::Model, Currency)> {
    permission::require(context, Permission::Orders)?;
    if input.kind != ClaimKind::Resend {
        permission::require(context, Permission::Refunds)?;
    }
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let note = &text::optional_line(&["note"], input.note.as_deref(), 200)?;
    let input = &input;
    shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = OrderClaimId(shop.new_id());
        let request = keyed(&tx, input, key);
        if let Claimed::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            let row = order_claim::Entity::find_by_id(id).one(tx.db()).await?;
            let row = row.ok_or_else(|| Refusal::not_found("claim").at(&["idempotencyKey"]))?;
            return Ok((row, order.currency));
        }
        check(&tx, &order, input).await?;
        let mut row = order_claim::Model {
            id,
            order_id: order.id,
            kind: input.kind,
            reason: input.reason,
            note: note.clone(),
            amount_minor: None,
            replacement_id: None,
            created_by: context.viewer.actor(),
            created_at: shop.now(),
        };
        settle(&tx, order, input, &mut row).await?;
        order_claim::Entity::insert(row.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await?;
        write_lines(&tx, id, &input.lines).await?;
        let order = transition::lock(&tx, input.order).await?;
        let data = json!({ "claim": id.to_string(), "kind": sea_orm::ActiveEnum::to_value(&row.kind), "replacement": row.replacement_id });
        transition::note(&tx, &order, OrderEventKind::ClaimSettled, true, data.clone()).await?;
        audit(&tx, "order.claim", order.id.to_string(), data).await?;
        Ok((row, order.currency))
    })
    .await
}

fn keyed<'key>(tx: &Tx, input: &Claim, key: &'key str) -> idempotency::Request<'key> {
    let parts = [
        input.order.to_string(),
        format!(
            "{:?} {:?} {:?} {:?}",
            input.kind, input.reason, input.note, input.amount
        ),
        match input.again {
            true => format!("{:?} again", input.lines),
            false => format!("{:?}", input.lines),
        },
    ];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    idempotency::Request::of_staff(tx, "order_claim", key, &parts)
}

/// Whether the goods were sent, and are not settled already.
async fn check(tx: &Tx, order: &order::Model, input: &Claim) -> Result<()> {
    let refuse = |path: &[&str], message: Message| Refusal::new(ErrorCode::Invalid, message).at(path);
    if input.lines.len() > LINES_MAX || input.kind == ClaimKind::Resend && input.lines.is_empty() {
        let message = messages::claim_lines_range(LINES_MAX);
        return Err(refuse(&["lines"], message).into());
    }
    if (input.kind == ClaimKind::Resend) == input.amount.is_some() {
        let message = match input.kind {
            ClaimKind::Resend => messages::claim_resend_free(),
            ClaimKind::Refund | ClaimKind::StoreCredit => messages::claim_amount_missing(),
        };
        return Err(refuse(&["amount"], message).into());
    }
    let settled = settled::of_order(tx, order.id).await?;
    let sold = load::lines_on(tx.db(), order.id).await?;
    let sent = sent(tx, order.id).await?;
    for (index, (line, quantity)) in input.lines.iter().enumerate() {
        let named_before = input.lines[..index].iter().any(|(before, _)| before == line);
        let index = index.to_string();
        if !sold.iter().any(|sold| sold.id == *line) {
            let missing = Refusal::not_found("line of this order");
            return Err(missing.at(&["lines", &index, "lineId"]).into());
        }
        let sent = sent.get(line).copied().unwrap_or_default();
        if named_before {
            return Err(refuse(&["lines", &index, "lineId"], messages::claim_line_twice()).into());
        }
        let left = match (settled.get(line), input.kind) {
            (Some(settled), ClaimKind::Resend) if !input.again => settled.may_be_resent(sent),
            (Some(settled), ClaimKind::Refund | ClaimKind::StoreCredit) if !input.again => {
                settled.may_be_made_good(sent)
            }
            _ => sent,
        };
        if !(1..=left).contains(&i64::from(*quantity)) {
            let message = match left {
                ..=0 => messages::claim_none_sent(),
                left => messages::claim_quantity_range(left),
            };
            return Err(refuse(&["lines", &index, "quantity"], message).into());
        }
    }
    Ok(())
}

/// How many units of each line were sent, and did not go back undelivered.
async fn sent(tx: &Tx, order: OrderId) -> Result<HashMap<OrderLineId, i64>> {
    let gone = fulfilment_on(tx.db(), order).await?;
    Ok(gone.into_iter().map(|line| (line.order_line_id, line.sent)).collect())
}

async fn settle(tx: &Tx, order: order::Model, input: &Claim, row: &mut order_claim::Model) -> Result<()> {
    let to = match input.kind {
        ClaimKind::Resend => {
            row.replacement_id = Some(resend(tx, &order, input).await?);
            return Ok(());
        }
        ClaimKind::Refund => RefundTo::Original,
        ClaimKind::StoreCredit => RefundTo::StoreCredit,
    };
    let amount = input.amount.as_deref();
    let (_, paid_minor) = payments::refund_amount(tx, order, amount, to, row.note.as_deref()).await?;
    row.amount_minor = Some(paid_minor);
    Ok(())
}

/// The same goods once more, at no cost.
async fn resend(tx: &Tx, order: &order::Model, input: &Claim) -> Result<OrderId> {
    let sold = load::lines_on(tx.db(), order.id).await?;
    let sent = input.lines.iter().filter_map(|(line, quantity)| {
        let like = sold.iter().find(|sold| sold.id == *line)?.clone();
        Some(Sent {
            like,
            quantity: *quantity,
            total_minor: 0,
        })
    });
    let why = Why {
        code: RESENT,
        label: order.number.clone(),
    };
    let sent: Vec<_> = sent.collect();
    Ok(replacement::place(tx, order, &sent, &[], &why, None).await?.id)
}

async fn write_lines(tx: &Tx, claim: OrderClaimId, lines: &[(OrderLineId, i32)]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let rows = lines.iter().map(|(line, quantity)| order_claim_line::ActiveModel {
        claim_id: Set(claim),
        order_line_id: Set(*line),
        quantity: Set(*quantity),
    });
    order_claim_line::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// The claims of each order, oldest first. Whose orders they are was asked before.
///
/// # Errors
/// When the database fails.
pub async fn claims_of(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<order_claim::Model>>> {
    let query = order_claim::Entity::find();
    let query = query.filter(sql::among(
        &shop.db,
        order_claim::Column::OrderId,
        orders.iter().copied(),
    ));
    let rows = query.order_by_asc(order_claim::Column::Id).all(&shop.db).await?;
    Ok(sql::grouped(rows, |row| row.order_id))
}

/// The claim for which each order sends goods again, of those that do. Whose orders they are was asked before.
///
/// # Errors
/// When the database fails.
pub async fn resent_by(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, order_claim::Model>> {
    let rows = order_claim::Entity::find().filter(sql::among(
        &shop.db,
        order_claim::Column::ReplacementId,
        orders.iter().copied(),
    ));
    let rows = rows.all(&shop.db).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.replacement_id?, row)))
        .collect())
}
