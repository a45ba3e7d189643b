//! Credit that paid the order of an exchange is what had been paid for goods that came back. Where it is not wanted there any more,
//! as that order was cancelled, costs less or was sent back in turn, it goes on to where it came from: to what the first order was
//! paid with, through the refund that made credit of it. What a provider cannot pay back stays credit.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, Value};
use serde_json::json;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    ids::{CreditAccountId, OrderId, PaymentId, RefundId},
    order,
    order_event::OrderEventKind,
    order_return,
    payment::{self, PaymentStatus},
    refund, refund_share,
};

use super::{
    as_credit::{credit_payment, uncredit_payment},
    begin::begin,
    reason::RefundReason,
    record,
};
use crate::{
    Fault, Result, Tx, credit,
    orders::transition,
    payments::{attempts::load, steps},
    sql,
};

/// Credit of an order that has come back to an account.
struct Came {
    order: OrderId,
    account: CreditAccountId,
    amount_minor: i64,
}

/// Passes on what has come back of an order's credit, if that was made for an exchange. Gives how much of it stays on the account;
/// whoever has a card of theirs with money on it, and no code yet, is sent that.
///
/// # Errors
/// When the database fails, and where rows moved that are locked.
pub(crate) async fn pass_on(tx: &Tx, order: OrderId, account: CreditAccountId, amount_minor: i64) -> Result<i64> {
    let first = Came {
        order,
        account,
        amount_minor,
    };
    // What paid one exchange may have paid another before. Each leads to an older order.
    let mut waiting = Vec::new();
    let stays_minor = pass(tx, &first, &mut waiting).await?;
    if stays_minor > 0 {
        credit::tell_of_money(tx, account).await?;
    }
    while let Some(came) = waiting.pop() {
        let left_minor = pass(tx, &came, &mut waiting).await?;
        if left_minor > 0 {
            let account = credit::tell_of_money(tx, came.account).await?;
            tell(tx, came.order, &account, left_minor).await?;
        }
    }
    Ok(stays_minor)
}

/// Gives how much of it stays where it is.
async fn pass(tx: &Tx, came: &Came, waiting: &mut Vec<Came>) -> Result<i64> {
    let Some((mut first, refund)) = exchange_of(tx, came.order).await? else {
        return Ok(came.amount_minor);
    };
    let shares = shares(tx, refund).await?;
    let mut next_position = shares.last().map_or(0, |share| share.position + 1);
    let mut left_minor = came.amount_minor;
    for share in shares {
        let part_minor = left_minor.min(share.amount_minor - share.passed_minor);
        if part_minor <= 0 || share.refund_id.is_some() {
            continue;
        }
        let of = (first.id, refund);
        if let Some(account) = share.account_id {
            to_account(tx, came, &share, (account, part_minor), of).await?;
            waiting.push(Came {
                order: first.id,
                account,
                amount_minor: part_minor,
            });
            left_minor -= part_minor;
        }
        if let Some(payment) = payable(tx, share.payment_id, part_minor).await? {
            let id = RefundId(tx.shop().new_id());
            uncredit_payment(tx, &payment, part_minor).await?;
            credit::take_off(tx, came.account, part_minor, of).await?;
            first = begin(tx, first, &payment, id, part_minor, RefundReason::NotWanted).await?;
            let position = (part_minor < share.amount_minor).then_some(next_position);
            pay_share(tx, &share, part_minor, (id, position)).await?;
            next_position += 1;
            left_minor -= part_minor;
        }
    }
    Ok(left_minor)
}

/// For which order, now locked, goods were exchanged by this one, and by which refund.
async fn exchange_of(tx: &Tx, order: OrderId) -> Result<Option<(order::Model, RefundId)>> {
    let of = order_return::Entity::find()
        .filter(order_return::Column::ExchangeOrderId.eq(order))
        .one(tx.db())
        .await?;
    match of.and_then(|of| Some((of.order_id, of.exchange_refund_id?))) {
        Some((first, refund)) => Ok(Some((transition::lock(tx, first).await?, refund))),
        None => Ok(None),
    }
}

async fn shares(tx: &Tx, refund: RefundId) -> Result<Vec<refund_share::Model>> {
    let shares = refund_share::Entity::find().filter(refund_share::Column::OrderRefundId.eq(refund));
    Ok(shares.order_by_asc(refund_share::Column::Position).all(tx.db()).await?)
}

/// The payment, locked, if its provider can pay so much of it back.
async fn payable(tx: &Tx, id: Option<PaymentId>, amount_minor: i64) -> Result<Option<payment::Model>> {
    let Some(id) = id else { return Ok(None) };
    let payment = load::lock(tx, id).await?;
    let is_payable =
        payment.status == PaymentStatus::Captured && steps::check_part(tx.shop(), &payment, amount_minor).is_ok();
    Ok(is_payable.then_some(payment))
}

/// A share, or a part of it in a place of its own, is what a provider's refund pays.
async fn pay_share(
    tx: &Tx,
    share: &refund_share::Model,
    part_minor: i64,
    (id, position): (RefundId, Option<i32>),
) -> Result<()> {
    let own: [Value; 2] = [share.order_refund_id.into(), share.position.into()];
    let changed = match position {
        None => {
            let sql = "update refund_share set refund_id = $3 where order_refund_id = $1 and position = $2 \
                       and refund_id is null";
            sql::execute(tx.db(), sql, own.into_iter().chain([id.into()])).await?
        }
        Some(_) => {
            let sql = "update refund_share set amount_minor = amount_minor - $3 where order_refund_id = $1 \
                       and position = $2 and refund_id is null and amount_minor > $3";
            sql::execute(tx.db(), sql, own.into_iter().chain([part_minor.into()])).await?
        }
    };
    if changed != 1 {
        return Err(moved(share.order_refund_id).into());
    }
    if let Some(position) = position {
        let part = refund_share::ActiveModel {
            payment_id: Set(share.payment_id),
            refund_id: Set(Some(id)),
            ..record::share(share.order_refund_id, position, part_minor)
        };
        record::write_shares(tx, vec![part]).await?;
    }
    Ok(())
}

/// Puts a part of a share back on the account that had paid it.
async fn to_account(
    tx: &Tx,
    came: &Came,
    share: &refund_share::Model,
    (account, part_minor): (CreditAccountId, i64),
    of: (OrderId, RefundId),
) -> Result<()> {
    if account != came.account {
        credit::take_off(tx, came.account, part_minor, of).await?;
        credit::put_back(tx, account, part_minor, of).await?;
    }
    let sql = "update refund_share set passed_minor = passed_minor + $3 where order_refund_id = $1 and position = $2 \
               and passed_minor + $3 <= amount_minor";
    let values: [Value; 3] = [share.order_refund_id.into(), share.position.into(), part_minor.into()];
    match sql::execute(tx.db(), sql, values).await? {
        1 => Ok(()),
        _ => Err(moved(share.order_refund_id).into()),
    }
}

fn moved(refund: RefundId) -> Fault {
    Fault::Other(format!("the shares of {refund} moved while its order was locked"), None)
}

/// Tells of money of an order that is on an account again.
async fn tell(tx: &Tx, order: OrderId, account: &credit_account::Model, amount_minor: i64) -> Result<()> {
    let order = transition::lock(tx, order).await?;
    let to = match account.kind {
        CreditKind::GiftCard => "GIFT_CARD",
        CreditKind::StoreCredit => "STORE_CREDIT",
    };
    let data = json!({
        "amountMinor": amount_minor, "currency": order.currency, "to": to, "lastFour": account.last_four,
    });
    transition::note(tx, &order, OrderEventKind::Refunded, true, data).await?;
    Ok(())
}

/// From which account of which refund a provider's refund was passed on.
#[derive(FromQueryResult)]
struct PassedOn {
    refund_id: RefundId,
    account_id: CreditAccountId,
}

/// What was passed on to a provider that could not pay it back is credit again.
pub(super) async fn come_back(tx: &Tx, failed: &refund::Model) -> Result<()> {
    let sql = "select s.order_refund_id as refund_id, e.account_id as account_id from refund_share s \
               join order_refund o on o.id = s.order_refund_id and o.destination = 'STORE_CREDIT' \
               join credit_entry e on e.refund_id = o.id and e.kind = 'REFUNDED' and e.amount_minor < 0 \
               where s.refund_id = $1 limit 1";
    let Some(passed) = sql::one::<PassedOn>(tx.db(), sql, [failed.id.into()]).await? else {
        return Ok(());
    };
    let (_, payment) = load::lock_with_order(tx, failed.payment_id).await?;
    credit_payment(tx, &payment, failed.amount_minor).await?;
    sql::execute(
        tx.db(),
        "update refund_share set refund_id = null where refund_id = $1",
        [failed.id.into()],
    )
    .await?;
    let of = (payment.order_id, passed.refund_id);
    credit::put_back(tx, passed.account_id, failed.amount_minor, of).await?;
    let account = credit::tell_of_money(tx, passed.account_id).await?;
    tell(tx, payment.order_id, &account, failed.amount_minor).await
}
