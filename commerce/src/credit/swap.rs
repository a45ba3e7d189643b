//! Goods are exchanged: what was paid for those that came back is put on an account, which pays the order by which others
//! are sent. That is the customer's store credit. Guests have none: a gift card of theirs alone stands for it, and they get
//! its code by mail only where money comes back to it and cannot go on to what the first order was paid with.

use sea_orm::{EntityTrait, IntoActiveModel};
use vitrine_entity::{
    credit_account::{self, CreditKind},
    credit_entry::CreditEntryKind,
    ids::{CreditAccountId, OrderId, RefundId},
    order,
};

use super::{
    grant::opened,
    issue::new_card,
    ledger::{self, Movement},
    pay::live_on,
    send::ask_for_mail,
    usable::CartCredit,
};
use crate::{Fault, Result, Tx, money::Money, sql};

/// Where to put what was paid for goods of a locked order that are exchanged.
pub(crate) async fn account_for_exchange(tx: &Tx, order: &order::Model) -> Result<CreditAccountId> {
    if let Some(customer) = order.customer_id {
        return opened(tx, customer, order.currency).await;
    }
    let card = credit_account::Model {
        entry_count: 0,
        locale: order.locale.clone(),
        recipient_email: Some(order.email.clone()),
        note: Some(order.number.clone()),
        ..new_card(tx.shop(), order.currency)
    };
    credit_account::Entity::insert(card.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    Ok(card.id)
}

/// What of `costs` an account pays: as much as is on it.
pub(crate) async fn paying(tx: &Tx, account: CreditAccountId, costs: Money) -> Result<Vec<CartCredit>> {
    let account = tx.lock::<credit_account::Entity>(account).await?;
    let account = account.ok_or_else(|| Fault::Other("the account of an exchange is gone".to_owned(), None))?;
    let usable = Money::new(account.balance_minor, costs.currency);
    let applied = Money::new(usable.minor.min(costs.minor), costs.currency);
    Ok(match applied.minor {
        0 => Vec::new(),
        _ => vec![CartCredit {
            account,
            seen: usable,
            usable,
            applied,
        }],
    })
}

/// Takes what had been paid for goods of an order, and was put on an account by a refund, off it: it goes on to what paid it first.
pub(crate) async fn take_off(
    tx: &Tx,
    account: CreditAccountId,
    amount_minor: i64,
    of: (OrderId, RefundId),
) -> Result<()> {
    move_on(tx, account, -amount_minor, of).await
}

/// Puts it on the account that had paid it.
pub(crate) async fn put_back(
    tx: &Tx,
    account: CreditAccountId,
    amount_minor: i64,
    of: (OrderId, RefundId),
) -> Result<()> {
    move_on(tx, account, amount_minor, of).await?;
    live_on(tx, account).await
}

async fn move_on(
    tx: &Tx,
    account: CreditAccountId,
    amount_minor: i64,
    (order, refund): (OrderId, RefundId),
) -> Result<()> {
    let movement = Movement {
        kind: CreditEntryKind::Refunded,
        amount_minor,
        order: Some(order),
        refund: Some(refund),
        reason: None,
    };
    match ledger::apply(tx, account, movement).await? {
        Some(_) => Ok(()),
        None => Err(Fault::Other(format!("the credit of {refund} is not on {account}"), None).into()),
    }
}

/// Sends a card whose code nobody knows yet to whom it is for, where money is on it. Gives the account.
pub(crate) async fn tell_of_money(tx: &Tx, account: CreditAccountId) -> Result<credit_account::Model> {
    let account = credit_account::Entity::find_by_id(account).one(tx.db()).await?;
    let account = account.ok_or_else(|| Fault::Other("an account of credit is gone".to_owned(), None))?;
    if account.balance_minor > 0 {
        tell_of_unsent(tx, &account).await?;
    }
    Ok(account)
}

/// Sends a card whose code nobody knows yet to whom it is for: money has come back to it.
async fn tell_of_unsent(tx: &Tx, account: &credit_account::Model) -> Result<()> {
    let is_unsent = account.kind == CreditKind::GiftCard
        && account.recipient_email.is_some()
        && account.deliver_at.is_none()
        && account.mailed_at.is_none();
    if !is_unsent {
        return Ok(());
    }
    let now = tx.shop().now();
    let sql = "update credit_account set deliver_at = $2 where id = $1";
    sql::execute(tx.db(), sql, [account.id.into(), now.into()]).await?;
    let card = credit_account::Model {
        deliver_at: Some(now),
        ..account.clone()
    };
    ask_for_mail(tx, &card);
    Ok(())
}
