//! Staff put right what does not agree in the books of credit: by an entry that says why, or, where the entries are right, by
//! the balance that they come to. Entries themselves are never changed.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    credit_account,
    credit_entry::CreditEntryKind,
    credit_finding::{self, CreditFindingKind, CreditFindingStatus},
    ids::{CreditAccountId, CreditFindingId, OrderId},
    order, order_credit,
};

use super::{
    account::{balance, missing},
    check::{Difference, difference_of},
    findings::{decide, locked},
    ledger::{self, Movement},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::{Message, messages},
    money::Money,
    sql,
    staff::{Permission, audit, permission},
    text,
};

/// Which of the two that do not agree is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// What is noted: an entry makes up for what the entries lack.
    Noted,
    /// The entries: a balance becomes what they come to.
    Entries,
}

/// Which finding is put right, and how.
#[derive(Debug, Clone)]
pub struct Repair {
    pub finding: CreditFindingId,
    pub right: Right,
    /// Where an order is what does not agree: the account that gets the entry. The one that paid it, unless there are several.
    pub account: Option<CreditAccountId>,
    pub reason: String,
}

/// Puts a finding right, by what the books say at this moment. One that is settled stays so.
///
/// # Errors
/// Refuses whoever may not, a finding that there is not, and what cannot be put right so.
pub async fn repair_finding(shop: &Shop, context: &Context, input: Repair) -> Result<credit_finding::Model> {
    permission::require(context, Permission::Payments)?;
    let reason = &text::line(&["reason"], &input.reason, 200)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let found = locked(&tx, input.finding).await?;
        if found.status == CreditFindingStatus::Settled {
            return Ok(found);
        }
        let order = match found.kind {
            CreditFindingKind::Balance => None,
            CreditFindingKind::Paid | CreditFindingKind::Returned => Some(order_of(&tx, OrderId(found.subject)).await?),
        };
        let account = match &order {
            None => locked_account(&tx, CreditAccountId(found.subject)).await?,
            Some(order) => account_of(&tx, order, input.account).await?,
        };
        // Of rows that are locked by now.
        if let Some(now) = difference_of(tx.db(), found.kind, found.subject).await? {
            let amount_minor = match (&order, input.right) {
                (None, Right::Noted) => by_entry(&tx, &account, now, reason).await?,
                (None, Right::Entries) => by_balance(&tx, &account, now).await?,
                (Some(order), Right::Noted) => of_order(&tx, order, &account, now, reason).await?,
                (Some(_), Right::Entries) => {
                    return Err(refuse("right", messages::credit_repair_order_stays()).into());
                }
            };
            let data = json!({
                "reason": reason, "account": account.id.to_string(), "amountMinor": amount_minor,
                "notedMinor": now.noted_minor, "entriesMinor": now.entries_minor,
            });
            audit(&tx, "credit_finding.repair", found.id.to_string(), data).await?;
        }
        decide(&tx, found, CreditFindingStatus::Settled, reason).await
    })
    .await
}

/// The balance is right: an entry brings the others to it.
async fn by_entry(tx: &Tx, account: &credit_account::Model, now: Difference, reason: &str) -> Result<i64> {
    let movement = Movement {
        kind: CreditEntryKind::Adjusted,
        amount_minor: now.noted_minor - now.entries_minor,
        order: None,
        refund: None,
        reason: Some(reason),
    };
    ledger::make_up(tx, account.id, movement).await?;
    Ok(movement.amount_minor)
}

/// The entries are right: the balance becomes what they come to.
async fn by_balance(tx: &Tx, account: &credit_account::Model, now: Difference) -> Result<i64> {
    if !ledger::may_be(now.entries_minor) {
        let sum = Money::new(now.entries_minor, account.currency);
        return Err(refuse("right", messages::credit_repair_no_balance(sum)).into());
    }
    ledger::put_balance(tx, account.id, now.entries_minor).await?;
    Ok(0)
}

/// An order is right: an account gets the entry that is missing, or the one that takes back what was too much. Its balance
/// follows unless it has done so before, when only the entry was not written.
async fn of_order(
    tx: &Tx,
    order: &order::Model,
    account: &credit_account::Model,
    now: Difference,
    reason: &str,
) -> Result<i64> {
    let (kind, amount_minor) = match now.kind {
        CreditFindingKind::Paid => (CreditEntryKind::Redeemed, now.entries_minor - now.noted_minor),
        _ => (CreditEntryKind::Refunded, now.noted_minor - now.entries_minor),
    };
    let movement = Movement {
        kind,
        amount_minor,
        order: Some(order.id),
        refund: None,
        reason: Some(reason),
    };
    let entries_minor = sum_of_entries(tx.db(), account.id).await?;
    if account.balance_minor == entries_minor + amount_minor {
        ledger::make_up(tx, account.id, movement).await?;
    } else if account.balance_minor == entries_minor {
        let moved = ledger::apply(tx, account.id, movement).await?;
        moved.ok_or_else(|| match amount_minor < 0 {
            true => refuse("accountId", messages::credit_takes_too_much(balance(account))),
            false => ledger::too_much().at(&["accountId"]),
        })?;
    } else {
        return Err(refuse("accountId", messages::credit_repair_account_first()).into());
    }
    Ok(amount_minor)
}

async fn order_of(tx: &Tx, id: OrderId) -> Result<order::Model> {
    let order = tx.lock::<order::Entity>(id).await?;
    Ok(order.ok_or_else(|| Refusal::not_found("order").at(&["findingId"]))?)
}

/// The account that is named, or the only one that paid the order.
async fn account_of(tx: &Tx, order: &order::Model, named: Option<CreditAccountId>) -> Result<credit_account::Model> {
    let id = match named {
        Some(named) => named,
        None => {
            let paid = order_credit::Entity::find().filter(order_credit::Column::OrderId.eq(order.id));
            match paid.all(tx.db()).await?.as_slice() {
                [only] => only.account_id,
                _ => return Err(refuse("accountId", messages::credit_repair_which_account()).into()),
            }
        }
    };
    let account = locked_account(tx, id).await?;
    match account.currency == order.currency {
        true => Ok(account),
        false => Err(refuse("accountId", messages::credit_repair_currency(order.currency.code())).into()),
    }
}

async fn locked_account(tx: &Tx, id: CreditAccountId) -> Result<credit_account::Model> {
    let account = tx.lock::<credit_account::Entity>(id).await?;
    Ok(account.ok_or_else(|| missing().at(&["accountId"]))?)
}

async fn sum_of_entries(db: &impl ConnectionTrait, account: CreditAccountId) -> Result<i64> {
    let sql = "select cast(coalesce(sum(amount_minor), 0) as bigint) from credit_entry where account_id = $1";
    let sums: Vec<i64> = sql::column(db, sql, [account.into()]).await?;
    Ok(sums.first().copied().unwrap_or_default())
}

fn refuse(field: &str, message: Message) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(&[field])
}
