//! What was paid for units that came back goes back, too: by lines, over all that the order was paid with.

use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, OrderLineId, RefundId, ReturnId, ReturnLineId},
    order, order_line, order_refund,
    order_refund::RefundTo,
    order_return::{self, ReturnResolution, ReturnStatus},
    order_return_event::ReturnEventKind,
    order_return_line, order_return_refund,
    return_policy::ShippingRefund,
};

use super::{
    close, policy, row,
    state::{is_open, unpaid},
};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    error::expect_version,
    idempotency::{self, Claim},
    language::messages,
    money::Money,
    orders::load,
    payments::{self, RefundLine, RefundLines, RefundShipping},
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
    /// `None`: all that came and were not paid back before.
    pub lines: Option<Vec<RefundUnits>>,
    /// As the shopper wished where it is not said.
    pub to: Option<RefundTo>,
    /// A decimal in the order's currency that the shop keeps; by the policy where it is not said.
    pub fee: Option<String>,
    /// Whether what shipping cost goes back, too; by the policy where it is not said.
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
        let units = units(&row, &lines, input.lines.as_deref())?;
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

/// For which units money goes back: those that came and of which it has not gone back.
fn units<'a>(
    row: &order_return::Model,
    lines: &'a [order_return_line::Model],
    given: Option<&[RefundUnits]>,
) -> Result<Units<'a>, Refusal> {
    let Some(given) = given else {
        let all: Units<'a> = lines.iter().map(|line| (line, unpaid(line))).collect();
        let all: Units<'a> = all.into_iter().filter(|(_, units)| *units > 0).collect();
        if all.is_empty() {
            let message = match is_open(row.status) {
                true => messages::return_nothing_came(),
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
    let fee_minor = fee(&order, &sold, units, fee_basis_points, input.fee.as_deref())?;
    let lines: Vec<_> = units
        .iter()
        .map(|(line, quantity)| RefundLine {
            line: line.order_line_id,
            quantity: *quantity,
            amount: None,
        })
        .collect();
    let with_shipping = match input.shipping {
        Some(asked) => asked,
        None => {
            let may = row.withdrawal_id.is_some() || policy.refunds_shipping == ShippingRefund::WholeOrder;
            may && is_all_back(tx, &order, &sold).await?
        }
    };
    let with_shipping = with_shipping && has_shipping_left(tx, &order, &sold).await?;
    let to = input.to.unwrap_or(match row.resolution {
        ReturnResolution::StoreCredit => RefundTo::StoreCredit,
        ReturnResolution::Refund | ReturnResolution::Exchange => RefundTo::Original,
    });
    let what = RefundLines {
        lines: &lines,
        shipping: with_shipping.then_some(&RefundShipping::Rest),
        withheld_minor: fee_minor,
        to,
        onto: None,
        reason,
    };
    let (order, refund) = payments::refund_lines(tx, order, &what).await?;
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

/// What the shop keeps: as staff say, at most what was paid for the units; by the policy otherwise.
fn fee(
    order: &order::Model,
    sold: &[order_line::Model],
    units: &Units<'_>,
    fee_basis_points: i32,
    typed: Option<&str>,
) -> Result<i64, Refusal> {
    let paid_minor: i64 = units
        .iter()
        .map(|(line, units)| paid_for(sold, line.order_line_id, *units))
        .sum();
    let Some(typed) = typed else {
        let fee_minor = i128::from(paid_minor) * i128::from(fee_basis_points) / 10_000;
        // A part of an `i64` fits into one.
        return Ok(fee_minor as i64);
    };
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

/// Whether everything of the order that was sent has come back, with what this transaction has written.
async fn is_all_back(tx: &Tx, order: &order::Model, sold: &[order_line::Model]) -> Result<bool> {
    let sql = "select l.order_line_id from order_return_line l join order_return r on r.id = l.return_id \
        join order_line o on o.id = l.order_line_id where r.order_id = $1 \
        group by l.order_line_id, o.quantity having sum(l.refunded) >= o.quantity";
    let back: Vec<OrderLineId> = sql::column(tx.db(), sql, [order.id.into()]).await?;
    Ok(sold.iter().all(|line| back.contains(&line.id)))
}

/// Whether anything was paid for shipping that is not back: what was not paid for lines.
async fn has_shipping_left(tx: &Tx, order: &order::Model, sold: &[order_line::Model]) -> Result<bool> {
    let of_lines: i64 = sold.iter().map(|line| line.total_minor).sum();
    Ok(order.total_minor - of_lines > shipping_back(tx.db(), order.id).await?)
}

async fn shipping_back(db: &impl ConnectionTrait, order: OrderId) -> Result<i64> {
    let sql = "select cast(coalesce(sum(shipping_minor), 0) as bigint) as back from order_refund where order_id = $1";
    let back: Vec<i64> = sql::column(db, sql, [order.into()]).await?;
    back.into_iter()
        .next()
        .ok_or_else(|| Fault::Other(format!("no sum of what is back of {order}"), None).into())
}
