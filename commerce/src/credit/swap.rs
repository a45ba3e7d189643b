//! Goods are exchanged: what was paid for those that came back is put on an account, which pays the order by which others
//! are sent. That is the customer's store credit. Guests have none: a gift card of theirs alone stands for it, and they get
//! its code by mail only where money comes back to it.

use sea_orm::{EntityTrait, IntoActiveModel};
use vitrine_entity::{
    credit_account::{self, CreditKind},
    ids::CreditAccountId,
    order,
};

use super::{grant::opened, issue::new_card, send::ask_for_mail, usable::CartCredit};
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

/// Sends a card whose code nobody knows yet to whom it is for: money has come back to it.
pub(super) async fn tell_of_unsent(tx: &Tx, account: &credit_account::Model) -> Result<()> {
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
