//! Gift cards that staff have shut: what comes back to one nobody can spend. Whoever has an account has it as store credit
//! instead, and of anybody else's staff are told.

use sea_orm::EntityTrait;
use vitrine_entity::{credit_account, ids::CreditAccountId, order};

use crate::{
    Result, Tx,
    orders::{Alert, alert},
};

/// Where a refund of what an account has paid goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundsTo {
    /// Back to it.
    Account,
    /// To the store credit of the order's customer: staff have shut the card.
    StoreCredit,
    /// To a card that staff have shut, of an order of nobody who could have store credit.
    ShutCard,
}

/// As things stand now, unless staff choose store credit. Pure.
pub fn refunds_to(order: &order::Model, account: &credit_account::Model) -> RefundsTo {
    match (account.disabled_at, order.customer_id) {
        (None, _) => RefundsTo::Account,
        (Some(_), Some(_)) => RefundsTo::StoreCredit,
        (Some(_), None) => RefundsTo::ShutCard,
    }
}

pub(crate) async fn is_shut(tx: &Tx, account: CreditAccountId) -> Result<bool> {
    Ok(shut(tx, account).await?.is_some())
}

/// Tells staff that money of a locked order has come back to a card, if that is shut. Gives the order with it.
pub(crate) async fn tell_of_shut(tx: &Tx, order: order::Model, account: CreditAccountId) -> Result<order::Model> {
    let Some(card) = shut(tx, account).await? else {
        return Ok(order);
    };
    let told = Alert::CreditOnShutCard {
        card: card.id,
        last_four: card.last_four.unwrap_or_default(),
    };
    alert(tx, order, &told).await
}

async fn shut(tx: &Tx, account: CreditAccountId) -> Result<Option<credit_account::Model>> {
    let card = credit_account::Entity::find_by_id(account).one(tx.db()).await?;
    Ok(card.filter(|card| card.disabled_at.is_some()))
}
