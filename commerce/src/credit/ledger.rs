//! The one place that changes a balance: one statement, which takes no more than is there, with the entry that tells why.

use sea_orm::ActiveValue::Set;
use vitrine_entity::{
    credit_account,
    credit_entry::{self, CreditEntryKind},
    ids::{CreditAccountId, OrderId, RefundId},
};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::messages,
    money::{Currency, Money},
    sql,
};

/// The most that is ever on an account, in minor units: sums of it stay far within an `i64`.
const BALANCE_MAX: i64 = 1_000_000_000_000;

/// What comes to an account or, with a minus, goes from it, and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Movement<'a> {
    pub(super) kind: CreditEntryKind,
    pub(super) amount_minor: i64,
    pub(super) order: Option<OrderId>,
    pub(super) refund: Option<RefundId>,
    pub(super) reason: Option<&'a str>,
}

/// Changes a balance. Gives the account as it is afterwards; `None`, and nothing is changed, where it would be less than
/// nothing or more than there may be.
pub(super) async fn apply(
    tx: &Tx,
    account: CreditAccountId,
    movement: Movement<'_>,
) -> Result<Option<credit_account::Model>> {
    apply_if(tx, account, movement, "").await
}

/// As [`apply`], of an account that pays: none that was shut, or whose time is over.
pub(super) async fn pay(
    tx: &Tx,
    account: CreditAccountId,
    movement: Movement<'_>,
) -> Result<Option<credit_account::Model>> {
    let pays = "and disabled_at is null and (expires_at is null or expires_at > $3)";
    apply_if(tx, account, movement, pays).await
}

async fn apply_if(
    tx: &Tx,
    account: CreditAccountId,
    movement: Movement<'_>,
    and_if: &str,
) -> Result<Option<credit_account::Model>> {
    let sql = format!(
        "update credit_account set balance_minor = balance_minor + $2, entry_count = entry_count + 1, \
         version = version + 1, updated_at = $3 \
         where id = $1 and balance_minor + $2 between 0 and {BALANCE_MAX} {and_if} returning *"
    );
    let values = [account.into(), movement.amount_minor.into(), tx.shop().now().into()];
    let changed = sql::one::<credit_account::Model>(tx.db(), &sql, values).await?;
    if let Some(account) = &changed {
        note(tx, account, movement);
    }
    Ok(changed)
}

/// Writes an entry that makes up for one that is missing: the balance stays as it is.
pub(super) async fn make_up(tx: &Tx, account: CreditAccountId, movement: Movement<'_>) -> Result<()> {
    let sql = "update credit_account set version = version + 1, updated_at = $2, entry_count = 1 + \
               (select coalesce(max(number), 0) from credit_entry where account_id = $1) where id = $1 returning *";
    let values = [account.into(), tx.shop().now().into()];
    if let Some(account) = sql::one::<credit_account::Model>(tx.db(), sql, values).await? {
        note(tx, &account, movement);
    }
    Ok(())
}

/// Puts a balance to what its entries come to, which [may be](may_be) one.
pub(super) async fn put_balance(tx: &Tx, account: CreditAccountId, balance_minor: i64) -> Result<()> {
    let sql = "update credit_account set balance_minor = $2, version = version + 1, updated_at = $3 where id = $1";
    let values = [account.into(), balance_minor.into(), tx.shop().now().into()];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}

/// Whether an account may have so much.
pub(super) fn may_be(balance_minor: i64) -> bool {
    (0..=BALANCE_MAX).contains(&balance_minor)
}

/// Writes the latest entry of an account: the first, where this transaction makes the account with what is on it.
pub(super) fn note(tx: &Tx, account: &credit_account::Model, movement: Movement<'_>) {
    tx.write_later::<credit_entry::Entity>([entry(tx, account, movement)]);
}

fn entry(tx: &Tx, account: &credit_account::Model, movement: Movement<'_>) -> credit_entry::ActiveModel {
    credit_entry::ActiveModel {
        account_id: Set(account.id),
        number: Set(account.entry_count),
        kind: Set(movement.kind),
        amount_minor: Set(movement.amount_minor),
        balance_minor: Set(account.balance_minor),
        order_id: Set(movement.order),
        refund_id: Set(movement.refund),
        reason: Set(movement.reason.map(str::to_owned)),
        actor: Set(tx.context().viewer.actor()),
        correlation_id: Set(tx.context().correlation_id.clone()),
        created_at: Set(tx.shop().now()),
    }
}

/// An amount that staff typed, more than nothing.
pub(super) fn positive(field: &[&str], typed: &str, currency: Currency) -> Result<i64, Refusal> {
    let minor = any(field, typed, currency)?;
    match minor > 0 {
        true => Ok(minor),
        false => {
            let message = messages::must_be_positive(field.last().copied().unwrap_or("amount"));
            Err(Refusal::new(ErrorCode::InvalidAmount, message).at(field))
        }
    }
}

/// An amount that staff typed, with a minus where something is taken.
pub(super) fn any(field: &[&str], typed: &str, currency: Currency) -> Result<i64, Refusal> {
    let money = Money::parse(typed, currency).map_err(|error| Refusal::from(error).at(field))?;
    match money.minor {
        0 => Err(Refusal::new(ErrorCode::InvalidAmount, messages::amount_not_nothing()).at(field)),
        minor if minor.abs() > BALANCE_MAX => Err(too_much().at(field)),
        minor => Ok(minor),
    }
}

/// What no account may hold.
pub(super) fn too_much() -> Refusal {
    Refusal::new(ErrorCode::InvalidAmount, messages::credit_too_much())
}
