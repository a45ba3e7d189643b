//! What pays an order is held as it is placed, and goes back where it is cancelled.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use vitrine_entity::{
    credit_account,
    credit_entry::CreditEntryKind,
    ids::{CreditAccountId, OrderId, RefundId},
    order, order_credit,
};

use super::{
    grant::{Why, put},
    ledger::{self, Movement},
    shut::is_shut,
    usable::CartCredit,
};
use crate::{ErrorCode, Fault, Refusal, Result, Tx, language::messages, money::Money, sql};

/// How long a card can be used at least once money has come back to it.
const USABLE_AGAIN: TimeDelta = TimeDelta::days(90);

/// Takes what an order's accounts pay of it, in the transaction that places it.
///
/// # Errors
/// Refuses where another order, or staff, were faster.
pub(crate) async fn redeem(tx: &Tx, order: OrderId, credits: &[CartCredit]) -> Result<()> {
    let paying: Vec<_> = credits.iter().filter(|credit| credit.applied.minor > 0).collect();
    // In one order everywhere, so that two who pay with the same accounts never wait for each other.
    let mut in_turn = paying.clone();
    in_turn.sort_by_key(|credit| credit.account.id);
    for credit in in_turn {
        let movement = Movement {
            kind: CreditEntryKind::Redeemed,
            amount_minor: -credit.applied.minor,
            order: Some(order),
            refund: None,
            reason: None,
        };
        if ledger::pay(tx, credit.account.id, movement).await?.is_none() {
            let refusal = Refusal::new(ErrorCode::CreditChanged, messages::credit_used_meanwhile());
            return Err(refusal.at(&["cartId"]).into());
        }
    }
    let rows = (0..).zip(&paying).map(|(position, credit)| order_credit::ActiveModel {
        order_id: Set(order),
        account_id: Set(credit.account.id),
        position: Set(position),
        amount_minor: Set(credit.applied.minor),
        returned_minor: Set(0),
    });
    tx.write_later::<order_credit::Entity>(rows);
    Ok(())
}

/// Gives back all that accounts have paid of an order that this transaction has locked, and that was not given back before: how
/// much, to each of them. A card that staff have shut gives it to the store credit of the order's customer.
pub(crate) async fn give_back(tx: &Tx, order: &order::Model) -> Result<Vec<(CreditAccountId, i64)>> {
    let mut given = Vec::new();
    if order.credit_minor == 0 {
        return Ok(given);
    }
    for paid in paid(tx, order.id).await? {
        let left_minor = paid.amount_minor - paid.returned_minor;
        if left_minor > 0 {
            let account = give_back_of(tx, order, &paid, left_minor).await?;
            given.push((account, left_minor));
        }
    }
    Ok(given)
}

/// Gives back what one of them has paid. Gives the account that has it.
async fn give_back_of(
    tx: &Tx,
    order: &order::Model,
    paid: &order_credit::Model,
    amount_minor: i64,
) -> Result<CreditAccountId> {
    let is_shut = order.customer_id.is_some() && is_shut(tx, paid.account_id).await?;
    let Some(customer) = order.customer_id.filter(|_| is_shut) else {
        let account = return_to(tx, paid, amount_minor, &Back::cancelled()).await?;
        return Ok(account.id);
    };
    mark_returned(tx, paid, amount_minor).await?;
    let why = Why {
        kind: CreditEntryKind::GivenBack,
        order: Some(order.id),
        refund: None,
        reason: None,
    };
    let account = put(tx, customer, Money::new(amount_minor, order.currency), why).await?;
    Ok(account.id)
}

/// What accounts have paid of an order, in the order of the accounts: that is the turn in which they are changed.
pub(super) async fn paid(tx: &Tx, order: OrderId) -> Result<Vec<order_credit::Model>> {
    Ok(order_credit::Entity::find()
        .filter(order_credit::Column::OrderId.eq(order))
        .order_by_asc(order_credit::Column::AccountId)
        .all(tx.db())
        .await?)
}

/// Why money comes back to an account.
pub(super) struct Back<'a> {
    pub(super) kind: CreditEntryKind,
    pub(super) refund: Option<RefundId>,
    pub(super) reason: Option<&'a str>,
}

impl Back<'_> {
    fn cancelled() -> Self {
        Self {
            kind: CreditEntryKind::GivenBack,
            refund: None,
            reason: None,
        }
    }
}

/// Puts back what an account has paid of a locked order. Gives the account.
pub(super) async fn return_to(
    tx: &Tx,
    paid: &order_credit::Model,
    amount_minor: i64,
    back: &Back<'_>,
) -> Result<credit_account::Model> {
    mark_returned(tx, paid, amount_minor).await?;
    let movement = Movement {
        kind: back.kind,
        amount_minor,
        order: Some(paid.order_id),
        refund: back.refund,
        reason: back.reason,
    };
    let account = ledger::apply(tx, paid.account_id, movement).await?;
    live_on(tx, paid.account_id).await?;
    Ok(account.ok_or_else(|| odd(paid))?)
}

/// Notes that so much of what an account has paid is back: never more than it paid.
pub(super) async fn mark_returned(tx: &Tx, paid: &order_credit::Model, amount_minor: i64) -> Result<()> {
    let sql = "update order_credit set returned_minor = returned_minor + $3 \
               where order_id = $1 and account_id = $2 and returned_minor + $3 <= amount_minor";
    let values = [paid.order_id.into(), paid.account_id.into(), amount_minor.into()];
    match sql::execute(tx.db(), sql, values).await? {
        1 => Ok(()),
        _ => Err(odd(paid).into()),
    }
}

/// Whoever gets money back has time to use it.
pub(super) async fn live_on(tx: &Tx, account: CreditAccountId) -> Result<()> {
    let until = tx.shop().now() + USABLE_AGAIN;
    credit_account::Entity::update_many()
        .col_expr(credit_account::Column::ExpiresAt, Expr::value(until))
        .filter(credit_account::Column::Id.eq(account))
        .filter(credit_account::Column::ExpiresAt.lt(until))
        .exec(tx.db())
        .await?;
    Ok(())
}

fn odd(paid: &order_credit::Model) -> Fault {
    Fault::Corrupt {
        table: "order_credit",
        column: "returned_minor",
        id: format!("{} {}", paid.order_id, paid.account_id),
    }
}
