//! Pays money back. A refund has a machine of its own, and its id is the provider's key: however
//! often the job runs, the money goes back once.

use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, RefundId},
    order,
    order_refund::RefundTo,
    payment,
    payment_entry::PaymentEntryKind,
    refund,
};

use super::{
    begin::{begin, find},
    gift_cards,
    lines::RefundLine,
    reason::RefundReason,
    record,
    wanted::{Asked, Wanted},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    language::messages,
    orders::transition,
    payments::{
        attempts::load,
        ledger::{self, Operation},
        steps,
        transfers::balance::Balance,
    },
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which order's money to pay back, and how much of it.
#[derive(Debug, Clone)]
pub struct RefundPayment {
    pub order: OrderId,
    /// A decimal in the order's currency; all that is left where it is not given.
    pub amount: Option<String>,
    /// For what it is, in place of an amount: what was paid for it goes back.
    pub lines: Vec<RefundLine>,
    /// Shown to the shopper.
    pub reason: Option<String>,
    /// Chosen by the client, once for each refund it means to make.
    pub idempotency_key: String,
}

/// Asks for a refund; the job that follows makes it.
///
/// # Errors
/// Refuses more than was captured and is not back or on its way yet, however many ask at once.
pub async fn refund(shop: &Shop, context: &Context, input: RefundPayment) -> Result<refund::Model> {
    permission::require(context, Permission::Refunds)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let reason = &text::optional_line(&["reason"], input.reason.as_deref(), 200)?;
    let reason = reason.as_deref().map_or(RefundReason::ShopDecided, RefundReason::Given);
    let input = &input;
    shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = RefundId(shop.new_id());
        let of_lines: Vec<String> = input.lines.iter().map(RefundLine::told).collect();
        let order_id = order.id.to_string();
        let mut parts = vec![&*order_id, input.amount.as_deref().unwrap_or("all"), reason.words()];
        parts.extend(of_lines.iter().map(String::as_str));
        let request = idempotency::Request::of_staff(&tx, "payment_refund", key, &parts);
        if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            return find(&tx, id).await;
        }
        let asked = Asked {
            amount: input.amount.as_deref(),
            lines: &input.lines,
            shipping: None,
        };
        let wanted = Wanted::read(&tx, &order, asked).await?;
        let (payment, amount_minor) = choose(&tx, &order, wanted.amount_minor).await?;
        let data = json!({ "amountMinor": amount_minor, "payment": payment.id, "reason": reason.words() });
        ledger::write(
            &tx,
            payment.id,
            PaymentEntryKind::Decision,
            Operation::Refund,
            None,
            data.clone(),
        );
        audit(&tx, "payment.refund", order.id.to_string(), data).await?;
        let why = (RefundTo::Original, reason);
        gift_cards::withdraw(&tx, id, &order, (amount_minor, None), &wanted).await?;
        record::write(&tx, id, &order, amount_minor, &wanted, why).await?;
        begin(&tx, order, &payment, id, amount_minor, reason).await?;
        let share = record::share_of(id, &payment, amount_minor);
        record::write_shares(&tx, vec![share]).await?;
        find(&tx, id).await
    })
    .await
}

/// From which attempt how much is paid back.
async fn choose(tx: &Tx, order: &order::Model, wanted: Option<i64>) -> Result<(payment::Model, i64)> {
    let mut refusal = nothing_captured();
    for payment in load::lock_captured(tx, order.id).await? {
        match Balance::read(tx, &payment).await?.refund(wanted) {
            Ok(amount_minor) => {
                steps::check_part(tx.shop(), &payment, amount_minor)?;
                return Ok((payment, amount_minor));
            }
            Err(refused) => refusal = refused,
        }
    }
    Err(refusal.into())
}

fn nothing_captured() -> Refusal {
    Refusal::new(ErrorCode::PaymentState, messages::nothing_captured()).at(&["orderId"])
}

/// Records that what is left of a captured payment goes back, and the job that does it. Gives the
/// order with the timeline entry that tells of it.
pub(in crate::payments) async fn request(
    tx: &Tx,
    order: order::Model,
    payment: &payment::Model,
    reason: RefundReason<'_>,
) -> Result<order::Model> {
    let amount_minor = Balance::read(tx, payment).await?.refundable();
    if amount_minor == 0 {
        return Ok(order);
    }
    begin(tx, order, payment, RefundId(tx.shop().new_id()), amount_minor, reason).await
}
