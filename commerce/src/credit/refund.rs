//! Money of an order that is paid back goes to the gift cards and the store credit that paid it, or becomes store credit of
//! its customer.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    credit_account,
    credit_entry::{self, CreditEntryKind},
    ids::{CreditAccountId, CustomerId, OrderId, RefundId},
    order::{self, OrderStatus},
    order_credit,
};

use super::{
    grant::{Why, put, put_on},
    pay::{Back, mark_returned, paid, return_to},
};
use crate::{ErrorCode, Fault, Refusal, Result, Shop, Tx, language::messages, money::Money};

/// What an account has paid of an order, and what of it is not back.
pub(crate) struct Returnable {
    paid: order_credit::Model,
}

impl Returnable {
    pub(crate) fn account(&self) -> CreditAccountId {
        self.paid.account_id
    }

    pub(crate) fn left_minor(&self) -> i64 {
        self.paid.amount_minor - self.paid.returned_minor
    }
}

/// A part of a refund that is paid back as credit: by which refund, and why.
pub(crate) struct Part<'a> {
    pub(crate) refund: RefundId,
    pub(crate) reason: Option<&'a str>,
    /// The account that pays what is sent in exchange; that of the order's customer where it is not given.
    pub(crate) onto: Option<CreditAccountId>,
}

impl<'a> Part<'a> {
    fn why(&self, order: OrderId) -> Why<'a> {
        Why {
            kind: CreditEntryKind::Refunded,
            order: Some(order),
            refund: Some(self.refund),
            reason: self.reason,
        }
    }
}

/// What accounts have paid of a locked order, as far as it can be paid back. As long as the order waits for its payment, they
/// hold it, and cancelling lets it go.
pub(crate) async fn returnable(tx: &Tx, order: &order::Model) -> Result<Vec<Returnable>> {
    let is_paid = match order.status {
        OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed => false,
        OrderStatus::PaymentSuccess
        | OrderStatus::Confirmed
        | OrderStatus::Dispatched
        | OrderStatus::Completed
        | OrderStatus::Cancelled => true,
    };
    if order.credit_minor == 0 || !is_paid {
        return Ok(Vec::new());
    }
    let rows = paid(tx, order.id).await?.into_iter().map(|paid| Returnable { paid });
    Ok(rows.filter(|row| row.left_minor() > 0).collect())
}

/// Pays a part of it back to the account that paid it. Gives that account.
pub(crate) async fn refund_to_account(
    tx: &Tx,
    from: &Returnable,
    amount_minor: i64,
    part: &Part<'_>,
) -> Result<credit_account::Model> {
    let back = Back {
        kind: CreditEntryKind::Refunded,
        refund: Some(part.refund),
        reason: part.reason,
    };
    return_to(tx, &from.paid, amount_minor, &back).await
}

/// Pays a part of what an account has paid back as store credit of the order's customer.
pub(crate) async fn refund_account_as_credit(
    tx: &Tx,
    order: &order::Model,
    from: &Returnable,
    amount_minor: i64,
    part: &Part<'_>,
) -> Result<credit_account::Model> {
    mark_returned(tx, &from.paid, amount_minor).await?;
    refund_as_credit(tx, order, amount_minor, part).await
}

/// Gives the order's customer store credit in place of money that was captured: whoever calls this has noted so.
///
/// # Errors
/// Refuses the order of a guest.
pub(crate) async fn refund_as_credit(
    tx: &Tx,
    order: &order::Model,
    amount_minor: i64,
    part: &Part<'_>,
) -> Result<credit_account::Model> {
    let (amount, why) = (Money::new(amount_minor, order.currency), part.why(order.id));
    match part.onto {
        Some(account) => put_on(tx, account, amount, why).await,
        None => put(tx, customer(order)?, amount, why).await,
    }
}

fn customer(order: &order::Model) -> Result<CustomerId, Refusal> {
    order.customer_id.ok_or_else(|| {
        let message = messages::guest_has_no_credit();
        Refusal::new(ErrorCode::OrderState, message).at(&["to"])
    })
}

/// What a refund put on which account, in the order in which it did.
///
/// # Errors
/// When the database fails.
pub async fn of_refund(shop: &Shop, refund: RefundId) -> Result<Vec<(credit_entry::Model, credit_account::Model)>> {
    let entries = credit_entry::Entity::find()
        .filter(credit_entry::Column::RefundId.eq(refund))
        .filter(credit_entry::Column::Kind.eq(CreditEntryKind::Refunded))
        .order_by_asc(credit_entry::Column::AccountId)
        .order_by_asc(credit_entry::Column::Number)
        .all(&shop.db)
        .await?;
    let ids = entries.iter().map(|entry| entry.account_id);
    let accounts = credit_account::Entity::find()
        .filter(credit_account::Column::Id.is_in(ids))
        .all(&shop.db)
        .await?;
    let with_account = |entry: credit_entry::Model| {
        let account = accounts.iter().find(|account| account.id == entry.account_id).cloned();
        let account = account.ok_or_else(|| Fault::Corrupt {
            table: "credit_entry",
            column: "account_id",
            id: entry.account_id.to_string(),
        })?;
        Ok((entry, account))
    };
    entries.into_iter().map(with_account).collect()
}
