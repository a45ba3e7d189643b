//! What was paid for units that came back goes back, too: by lines, over all that the order was paid with.

use std::collections::HashMap;

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderLineId, RefundId, ReturnId, ReturnLineId},
    order, order_line, order_refund,
    order_refund::RefundTo,
    order_return::{self, ReturnResolution, ReturnStatus},
    order_return_event::ReturnEventKind,
    order_return_line::{self, ReturnReason},
    order_return_refund,
    return_policy::ShippingRefund,
};

use super::{
    close, policy, row,
    settled::{self, Settled},
    state::{is_open, unpaid},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    idempotency::{self, Claim},
    language::messages,
    money::Money,
    orders::load,
    payments::{self, RefundLine, RefundLines, RefundShipping, Withheld},
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// For which units of a return money goes back, and how.
#[derive(Debug, Clone)]
pub struct Refund {
    pub id: ReturnId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// `None`: all that came and were neither paid back before nor sent again.
    pub lines: Option<Vec<RefundUnits>>,
    /// As the shopper wished where it is not said.
    pub to: Option<RefundTo>,
    /// A decimal in the order's currency that the shop keeps; by the policy where it is not said, and then nothing of what came
    /// back by the shop's own fault.
    pub fee: Option<String>,
    /// Whether what shipping cost goes back, too; by the policy where it is not said, or with all goods where the shop is at fault.
    pub shipping: Option<bool>,
    /// Shown to the shopper.
    pub reason: Option<String>,
    /// Chosen by the client, once for each refund it means to make.
    pub idempotency_key: String,
}

/// Units of a line of which the money goes back.
#[derive(Debug, Clone, Copy)]
pub struct RefundUnits {
    pub line: ReturnLineId,
    pub quantity: i32,
}

/// Pays back what was paid for units that came, and closes the return where nothing more is to be done.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the return's, units that have not come or are paid back, and what
/// `orderRefund` refuses.
pub async fn refund(shop: &Shop, context: &Context, input: Refund) -> Result<order_return::Model> {
    permission::require(context, Permission::Refunds)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let reason = &text::optional_line(&["reason"], input.reason.as_deref(), 200)?;
    let input = &input;
    shop.transact_keyed(context, |tx| async move {
        let (order, row) = row::lock(&tx, input.id).await?;
        let id = RefundId(shop.new_id());
        let request = keyed(&tx, input, key);
        if let Claim::Replay::<RefundId>(_) = idempotency::claim(&tx, &request, order.id, id).await? {
            return Ok(row);
        }
        expect_version("return", row.version, input.expected_version)?;
        let lines = row::lines(&tx, row.id).await?;
        let settled = settled::of_order(&tx, order.id).await?;
        let units = units(&row, &lines, input.lines.as_deref(), &settled)?;
        for (line, quantity) in &units {
            let bound = "refunded + $2 <= received";
            row::add(&tx, line.id, "refunded", *quantity, bound).await?;
        }
        pay(&tx, order, row, &units, input, reason.as_deref()).await
    })
    .await
}

fn keyed<'key>(tx: &Tx, input: &Refund, key: &'key str) -> idempotency::Request<'key> {
    let parts = [
        input.id.to_string(),
        format!("{:?}", input.lines),
        format!("{:?} {:?} {:?}", input.to, input.fee, input.shipping),
        input.reason.clone().unwrap_or_default(),
    ];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    idempotency::Request::of_staff(tx, "return_refund", key, &parts)
}

type Units<'a> = Vec<(&'a order_return_line::Model, i32)>;

/// For which units money goes back: those that came, of which it has not gone back, and that were not sent again.
fn units<'a>(
    row: &order_return::Model,
    lines: &'a [order_return_line::Model],
    given: Option<&[RefundUnits]>,
    settled: &HashMap<OrderLineId, Settled>,
) -> Result<Units<'a>, Refusal> {
    let Some(given) = given else {
        // Whoever was sent a unit again has what they paid for: that one is paid back, too, where staff name it.
        let unsettled = |line: &order_return_line::Model| {
            let most = settled.get(&line.order_line_id).map_or(0, |settled| settled.unpaid());
            // No more than what is unpaid, which is an `i32`.
            i64::from(unpaid(line)).min(most) as i32
        };
        let all: Units<'a> = lines.iter().map(|line| (line, unsettled(line))).collect();
        let all: Units<'a> = all.into_iter().filter(|(_, units)| *units > 0).collect();
        if all.is_empty() {
            let message = match lines.iter().any(|line| unpaid(line) > 0) {
                true => messages::return_units_settled(),
                false if is_open(row.status) => messages::return_nothing_came(),
                false => messages::return_nothing_to_pay(),
            };
            return Err(Refusal::new(ErrorCode::PaymentState, message).at(&["id"]));
        }
        return Ok(all);
    };
    let mut found: Units<'a> = Vec::new();
    for (index, asked) in given.iter().enumerate() {
        let index = index.to_string();
        let line = row::named(lines, asked.line, found.iter().map(|(line, _)| line.id), &index)?;
        let left = unpaid(line);
        if !(1..=left).contains(&asked.quantity) {
            let message = match left {
                0 => messages::return_units_paid_back(),
                left => messages::return_units_unpaid(left),
            };
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index, "quantity"]));
        }
        found.push((line, asked.quantity));
    }
    if found.is_empty() {
        let message = messages::return_which_units();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]));
    }
    Ok(found)
}

async fn pay(
    tx: &Tx,
    order: order::Model,
    mut row: order_return::Model,
    units: &Units<'_>,
    input: &Refund,
    reason: Option<&str>,
) -> Result<order_return::Model> {
    let policy = policy::policy_on(tx).await?;
    let sold = load::lines_on(tx.db(), order.id).await?;
    // Whoever withdraws has all of it back, unless staff say how much less the goods are worth.
    let fee_basis_points = match row.withdrawal_id {
        Some(_) => 0,
        None => policy.fee_basis_points,
    };
    let fee_minor = match input.fee.as_deref() {
        Some(typed) => fee(&order, &sold, units, typed)?,
        None => {
            let fee_minor = usual_fee(&sold, units, fee_basis_points);
            fee_minor - fee_minor % tx.shop().price_step_minor(order.currency)
        }
    };
    // What is kept is kept of the first: rather of what the shop does not answer for.
    let of_shop = units.iter().filter(|(line, _)| line.reason.is_of_shop());
    let in_turn = units
        .iter()
        .filter(|(line, _)| !line.reason.is_of_shop())
        .chain(of_shop);
    let lines: Vec<_> = in_turn
        .map(|(line, quantity)| RefundLine {
            line: line.order_line_id,
            quantity: *quantity,
            amount: None,
        })
        .collect();
    let left = payments::left_after(tx, &order, &lines).await?;
    let with_shipping = match input.shipping {
        Some(asked) => asked,
        None => {
            let is_all = left.units == 0 && is_all_back(tx, &order).await?;
            let by_rule = row.withdrawal_id.is_some() || policy.refunds_shipping == ShippingRefund::WholeOrder;
            is_all && (by_rule || is_fault_of_shop(tx, &order).await?)
        }
    };
    let with_shipping = with_shipping && left.shipping_minor > 0;
    // Of what was never paid no credit is made: less is owed.
    let as_credit = row.resolution == ReturnResolution::StoreCredit && !payments::is_promised(tx, order.id).await?;
    let to = input.to.unwrap_or(match as_credit {
        true => RefundTo::StoreCredit,
        false => RefundTo::Original,
    });
    let what = RefundLines {
        lines: &lines,
        shipping: with_shipping.then_some(&RefundShipping::Rest),
        withheld: Withheld::Sum(fee_minor),
        to,
        onto: None,
        reason,
    };
    let (order, refund) = payments::refund_lines(tx, order, &what).await?;
    // A claim may have left less of what was paid for them.
    let kept = "select cast(coalesce(sum(withheld_minor), 0) as bigint) as kept from refund_line where refund_id = $1";
    let kept: Vec<i64> = sql::column(tx.db(), kept, [refund.into()]).await?;
    let fee_minor = kept.into_iter().next().unwrap_or_default();
    let paid = order_refund::Entity::find_by_id(refund).one(tx.db()).await?;
    let amount_minor = paid.map_or(0, |paid| paid.amount_minor);
    let of_return = order_return_refund::Model {
        order_refund_id: refund,
        return_id: row.id,
        amount_minor,
        fee_minor,
        failed_minor: 0,
    };
    order_return_refund::Entity::insert(of_return.into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    row.refunded_minor += amount_minor;
    row.fee_minor += fee_minor;
    let count: i32 = units.iter().map(|(_, units)| units).sum();
    let data =
        json!({ "units": count, "amountMinor": amount_minor, "feeMinor": fee_minor, "refund": refund.to_string() });
    let row = row::write(tx, row, ReturnEventKind::Refunded, data.clone()).await?;
    audit(tx, "return.refund", row.id.to_string(), data).await?;
    close_if_done(tx, &order, row).await
}

/// Nothing more follows where all that came is inspected and paid back, and nothing more is awaited.
pub(super) async fn close_if_done(
    tx: &Tx,
    order: &order::Model,
    row: order_return::Model,
) -> Result<order_return::Model> {
    let lines = row::lines(tx, row.id).await?;
    let is_done = row.status == ReturnStatus::Inspected && lines.iter().all(|line| unpaid(line) == 0);
    match is_done {
        true => close::close_locked(tx, order, row).await,
        false => Ok(row),
    }
}

fn paid_for_units(sold: &[order_line::Model], (line, units): &(&order_return_line::Model, i32)) -> i64 {
    paid_for(sold, line.order_line_id, *units)
}

/// What the shop keeps by the policy: nothing for what it answers for itself.
fn usual_fee(sold: &[order_line::Model], units: &Units<'_>, fee_basis_points: i32) -> i64 {
    let not_of_shop = units.iter().filter(|(line, _)| !line.reason.is_of_shop());
    let basis_minor: i64 = not_of_shop.map(|units| paid_for_units(sold, units)).sum();
    // A part of an `i64` fits into one.
    (i128::from(basis_minor) * i128::from(fee_basis_points) / 10_000) as i64
}

/// What the shop keeps as staff say: at most what was paid for the units.
fn fee(order: &order::Model, sold: &[order_line::Model], units: &Units<'_>, typed: &str) -> Result<i64, Refusal> {
    let paid_minor: i64 = units.iter().map(|units| paid_for_units(sold, units)).sum();
    let fee = Money::parse(typed.trim(), order.currency).map_err(|wrong| Refusal::from(wrong).at(&["fee"]))?;
    if !(0..=paid_minor).contains(&fee.minor) {
        let most = Money::new(paid_minor, order.currency);
        let message = messages::return_fee_max(most);
        return Err(Refusal::new(ErrorCode::InvalidAmount, message).at(&["fee"]));
    }
    Ok(fee.minor)
}

/// About what was paid for units of a line, rounded down; the refund itself counts to the minor unit.
pub(super) fn paid_for(sold: &[order_line::Model], line: OrderLineId, units: i32) -> i64 {
    let line = sold.iter().find(|sold| sold.id == line);
    let paid_minor =
        line.map(|line| i128::from(line.total_minor) * i128::from(units) / i128::from(line.quantity.max(1)));
    paid_minor.unwrap_or_default() as i64
}

/// Whether any of what came back and is paid back did so for a reason that the shop answers for.
async fn is_fault_of_shop(tx: &Tx, order: &order::Model) -> Result<bool> {
    let sql = "select distinct l.reason from order_return_line l join order_return r on r.id = l.return_id \
        where r.order_id = $1 and l.refunded > 0";
    let reasons: Vec<ReturnReason> = sql::column(tx.db(), sql, [order.id.into()]).await?;
    Ok(reasons.into_iter().any(ReturnReason::is_of_shop))
}

/// Whether everything of the order that was sent has come back, with what this transaction has written. What was paid back before
/// it was sent is with nobody.
async fn is_all_back(tx: &Tx, order: &order::Model) -> Result<bool> {
    let sql = "select count(*) as kept from order_line o where o.order_id = $1 \
        and coalesce((select sum(s.quantity) from shipment_line s join shipment p on p.id = s.shipment_id \
          and p.status not in ('PACKED', 'CANCELLED', 'RETURNED') where s.order_line_id = o.id), 0) \
        > coalesce((select sum(l.refunded) from order_return_line l where l.order_line_id = o.id), 0)";
    let kept: Vec<i64> = sql::column(tx.db(), sql, [order.id.into()]).await?;
    Ok(kept.first().is_some_and(|kept| *kept == 0))
}
