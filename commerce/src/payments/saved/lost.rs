//! What a provider keeps no more: a card that was detached there, a customer who was deleted. It is forgotten here, too, and the
//! next card that is saved has a customer made anew.

use sea_orm::EntityTrait;
use vitrine_entity::{customer, payment, provider_customer, saved_payment_method};

use super::{
    calls::{find_method, has_customer},
    follow,
    list::saved_by,
    remove::{mark_gone, pass_on_default},
};
use crate::{Context, Result, Shop, Tx, ports::payment::ProviderError, sql};

/// What a charge was rejected for.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::payments) enum Lost {
    /// Nothing of this.
    Nothing,
    /// The saved card that was to pay. It is forgotten.
    Method,
    /// Whom the card was to be saved for; to be forgotten (`forget_lost`) with whatever follows from it, unless they are already.
    Customer(Option<Box<provider_customer::Model>>),
}

/// Asks, once the provider has rejected an attempt, whether the card and the customer that it names are there still, and forgets
/// the card that is not. Nobody asks before: mostly they are.
pub(in crate::payments) async fn find_lost(
    shop: &Shop,
    context: &Context,
    payment: &payment::Model,
) -> Result<Result<Lost, ProviderError>> {
    let known = match payment.provider_customer_id {
        Some(id) => provider_customer::Entity::find_by_id(id).one(&shop.db).await?,
        None => return Ok(Ok(Lost::Nothing)),
    };
    let Some((known, reference)) = known
        .as_ref()
        .and_then(|known| Some((known, known.reference.as_deref()?)))
    else {
        // Gone since the card was chosen, or since the charge was sent.
        let has_owner = known.as_ref().is_some_and(|known| known.customer_id.is_some());
        return Ok(Ok(match (payment.saves_method, has_owner) {
            (false, _) => Lost::Method,
            (true, true) => Lost::Customer(None),
            (true, false) => Lost::Nothing,
        }));
    };
    let found = match look(shop, payment, reference).await {
        Ok(found) => found,
        // Our key may not look: then it says nothing of the card.
        Err(error @ (ProviderError::Rejected(_) | ProviderError::Misconfigured(_))) => {
            tracing::warn!(
                payment = %payment.id,
                error = &error as &dyn std::error::Error,
                "whether a provider has a customer still could not be seen"
            );
            return Ok(Ok(Lost::Nothing));
        }
        Err(error) => return Ok(Err(error)),
    };
    let told = match (found, payment.saves_method) {
        (Found::All, _) => return Ok(Ok(Lost::Nothing)),
        (Found::NoCustomer, true) => Lost::Customer(Some(Box::new(known.clone()))),
        (Found::NoCustomer, false) => {
            shop.transact(context, |tx| async move { lose_customer(&tx, known, reference).await })
                .await?;
            Lost::Method
        }
        (Found::NoMethod, _) => {
            shop.transact(context, |tx| async move { lose_named(&tx, payment).await })
                .await?;
            Lost::Method
        }
    };
    tracing::info!(payment = %payment.id, ?found, "a provider keeps a card, or its customer, no more");
    Ok(Ok(told))
}

/// Forgets whom [`find_lost`] has not found, with every card that the provider kept for them. Twice is once.
pub(in crate::payments) async fn forget_lost(tx: &Tx, lost: Option<&provider_customer::Model>) -> Result<()> {
    match lost.and_then(|known| Some((known, known.reference.as_deref()?))) {
        Some((known, reference)) => lose_customer(tx, known, reference).await,
        None => Ok(()),
    }
}

/// What a provider keeps of what an attempt names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    All,
    NoMethod,
    NoCustomer,
}

async fn look(shop: &Shop, payment: &payment::Model, customer: &str) -> Result<Found, ProviderError> {
    if !has_customer(shop, &payment.provider, customer).await? {
        return Ok(Found::NoCustomer);
    }
    if payment.saves_method {
        return Ok(Found::All);
    }
    let method = find_method(shop, &payment.provider, customer, &payment.method_token).await?;
    Ok(match method {
        Some(_) => Found::All,
        None => Found::NoMethod,
    })
}

/// Forgets a customer whom the provider called so, with every card that it kept for them. Twice is once.
pub(super) async fn lose_customer(tx: &Tx, known: &provider_customer::Model, reference: &str) -> Result<()> {
    // Of somebody who is erased a job sees to it.
    let Some(owner) = known.customer_id else { return Ok(()) };
    tx.lock::<customer::Entity>(owner).await?;
    let sql = "update provider_customer set reference = null, renewals = renewals + 1 where id = $1 and reference = $2";
    if sql::execute(tx.db(), sql, [known.id.into(), reference.into()]).await? == 0 {
        return Ok(());
    }
    let cards = saved_by(tx.db(), owner).await?;
    let gone = || cards.iter().filter(|card| card.provider_customer_id == known.id);
    for card in gone() {
        mark_gone(tx, card).await?;
    }
    match gone().find(|card| card.is_default) {
        Some(default) => pass_on_default(tx, default).await,
        None => Ok(()),
    }
}

/// Forgets a card. Twice is once.
pub(super) async fn lose_method(tx: &Tx, seen: &saved_payment_method::Model) -> Result<()> {
    tx.lock::<customer::Entity>(seen.customer_id).await?;
    let row = saved_payment_method::Entity::find_by_id(seen.id).one(tx.db()).await?;
    let Some(row) = row.filter(|row| row.removed_at.is_none()) else {
        return Ok(());
    };
    mark_gone(tx, &row).await?;
    pass_on_default(tx, &row).await
}

/// Forgets the card that an attempt was to be paid by.
async fn lose_named(tx: &Tx, payment: &payment::Model) -> Result<()> {
    match follow::method(tx.db(), &payment.provider, &payment.method_token).await? {
        Some(row) => lose_method(tx, &row).await,
        None => Ok(()),
    }
}
