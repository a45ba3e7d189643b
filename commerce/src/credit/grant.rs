//! Staff give a customer store credit.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::json;
use vitrine_entity::{
    credit_account::{self, CreditKind},
    credit_entry::CreditEntryKind,
    customer,
    ids::{CreditAccountId, CustomerId, OrderId, RefundId},
};

use super::{
    issue::currency,
    ledger::{self, Movement, positive},
};
use crate::{
    Context, Fault, Refusal, Result, Shop, Tx,
    money::{Currency, Money},
    staff::{Permission, audit, permission},
    text,
};

/// To whom, how much, and why.
#[derive(Debug, Clone)]
pub struct Grant {
    pub customer: CustomerId,
    /// A decimal in its currency, more than nothing.
    pub amount: String,
    /// One that the shop sells in; its own where none is given.
    pub currency: Option<String>,
    /// Shown to the customer.
    pub reason: String,
}

/// Gives a customer credit in a currency.
///
/// # Errors
/// Refuses whoever may not, a customer that there is not, and fields that are wrong.
pub async fn grant(shop: &Shop, context: &Context, input: Grant) -> Result<credit_account::Model> {
    permission::require_or_system(context, Permission::Refunds)?;
    let reason = &text::line(&["reason"], &input.reason, 200)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let currency = currency(&tx, input.currency.as_deref())?;
        let amount = Money::new(positive(&["amount"], &input.amount, currency)?, currency);
        let why = Why {
            kind: CreditEntryKind::Issued,
            order: None,
            refund: None,
            reason: Some(reason),
        };
        let account = put(&tx, input.customer, amount, why).await?;
        let data = json!({ "amountMinor": amount.minor, "currency": currency, "reason": reason });
        audit(&tx, "store_credit.grant", input.customer.to_string(), data).await?;
        Ok(account)
    })
    .await
}

/// Why money comes to a customer's store credit.
pub(super) struct Why<'a> {
    pub(super) kind: CreditEntryKind,
    pub(super) order: Option<OrderId>,
    pub(super) refund: Option<RefundId>,
    pub(super) reason: Option<&'a str>,
}

/// Puts money on a customer's store credit, which is made where there was none.
///
/// # Errors
/// Refuses a customer that there is not, and more than an account may hold.
pub(super) async fn put(tx: &Tx, customer: CustomerId, amount: Money, why: Why<'_>) -> Result<credit_account::Model> {
    let known = customer::Entity::find_by_id(customer).one(tx.db()).await?;
    if known.is_none() {
        return Err(Refusal::not_found("customer").at(&["customerId"]).into());
    }
    let account = opened(tx, customer, amount.currency).await?;
    put_on(tx, account, amount, why).await
}

/// Puts money on an account.
///
/// # Errors
/// Refuses more than an account may hold.
pub(super) async fn put_on(
    tx: &Tx,
    account: CreditAccountId,
    amount: Money,
    why: Why<'_>,
) -> Result<credit_account::Model> {
    let movement = Movement {
        kind: why.kind,
        amount_minor: amount.minor,
        order: why.order,
        refund: why.refund,
        reason: why.reason,
    };
    let changed = ledger::apply(tx, account, movement).await?;
    Ok(changed.ok_or_else(|| ledger::too_much().at(&["amount"]))?)
}

/// The customer's account in a currency, made where there was none; two at once make one.
pub(super) async fn opened(tx: &Tx, customer: CustomerId, currency: Currency) -> Result<CreditAccountId> {
    let now = tx.shop().now();
    let row = credit_account::ActiveModel {
        id: Set(CreditAccountId(tx.shop().new_id())),
        kind: Set(CreditKind::StoreCredit),
        currency: Set(currency),
        balance_minor: Set(0),
        entry_count: Set(0),
        customer_id: Set(Some(customer)),
        locale: Set(String::new()),
        position: Set(0),
        version: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    credit_account::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx.db())
        .await?;
    let account = credit_account::Entity::find()
        .filter(credit_account::Column::CustomerId.eq(customer))
        .filter(credit_account::Column::Currency.eq(currency))
        .one(tx.db())
        .await?;
    let unwritten = || Fault::Other("an account of store credit was not written".to_owned(), None);
    Ok(account.ok_or_else(unwritten)?.id)
}
