//! What the shopper says of saved cards when they pay: that one of them pays, or that this one is to be saved.

use futures::future::BoxFuture;
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::{CustomerId, ProviderCustomerId, SavedPaymentMethodId},
    saved_payment_method,
};

use super::list::saved_by;
use crate::{
    ErrorCode, Fault, Refusal, Result, Tx,
    language::messages,
    money::Money,
    payments::attempts::method::{ChosenMethod, PaymentMethod, choose_for_order},
    sql,
};

/// The most cards of one customer.
const METHODS_MAX: u64 = 20;

const SAVED: [&str; 2] = ["paymentMethod", "savedPaymentMethodId"];
const SAVE: [&str; 2] = ["paymentMethod", "save"];

/// Finds what the shopper chose to pay `amount` by, saved cards included, for whoever the transaction is.
///
/// # Errors
/// What [`choose_for_order`] refuses; a saved card that is not the caller's, as a missing one; `UNAUTHENTICATED` where a guest
/// wants one saved; `INVALID` for a method that saves none, and beyond twenty.
// On the heap: whoever places an order is deep in the stack already.
pub fn choose<'a>(tx: &'a Tx, method: &'a PaymentMethod, amount: Money) -> BoxFuture<'a, Result<ChosenMethod>> {
    Box::pin(chosen(tx, method, amount))
}

async fn chosen(tx: &Tx, method: &PaymentMethod, amount: Money) -> Result<ChosenMethod> {
    let viewer = tx.context().viewer.customer();
    if let Some(id) = method.saved {
        if method.token.is_some() {
            return Err(Refusal::new(ErrorCode::Invalid, messages::saved_card_or_token())
                .at(&SAVED)
                .into());
        }
        let row = own(tx, viewer, id, method).await?;
        let by_reference = PaymentMethod {
            provider: Some(row.provider),
            token: Some(row.reference),
            ..PaymentMethod::default()
        };
        let chosen = choose_for_order(tx.shop(), &by_reference, amount)?;
        return Ok(ChosenMethod {
            customer: Some(row.provider_customer_id),
            ..chosen
        });
    }
    let chosen = choose_for_order(tx.shop(), method, amount)?;
    if !method.save {
        return Ok(chosen);
    }
    if chosen.provider.saved_methods().is_none() {
        return Err(Refusal::new(ErrorCode::Invalid, messages::cards_not_saved())
            .at(&SAVE)
            .into());
    }
    let Some(customer) = viewer else {
        let message = messages::sign_in_to_save_card();
        return Err(Refusal::new(ErrorCode::Unauthenticated, message).at(&SAVE).into());
    };
    if saved_by(tx.db(), customer).await?.len() as u64 >= METHODS_MAX {
        let message = messages::saved_cards_max(METHODS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&SAVE).into());
    }
    Ok(ChosenMethod {
        customer: Some(known_as(tx, customer, chosen.provider.name()).await?),
        saves: true,
        ..chosen
    })
}

/// Another's card and a missing one answer alike; so does one of another provider than is named.
async fn own(
    tx: &Tx,
    viewer: Option<CustomerId>,
    id: SavedPaymentMethodId,
    method: &PaymentMethod,
) -> Result<saved_payment_method::Model> {
    let row = saved_payment_method::Entity::find_by_id(id).one(tx.db()).await?;
    let row = row.filter(|row| {
        Some(row.customer_id) == viewer
            && row.removed_at.is_none()
            && method.provider.as_ref().is_none_or(|named| *named == row.provider)
    });
    Ok(row.ok_or_else(|| Refusal::not_found("saved card").at(&SAVED))?)
}

/// By what a provider knows the customer, or is to: one row for each provider, however many payments begin at once.
async fn known_as(tx: &Tx, customer: CustomerId, provider: &str) -> Result<ProviderCustomerId> {
    let sql = "insert into provider_customer (id, customer_id, provider, created_at) values ($1, $2, $3, $4) \
               on conflict (customer_id, provider) do update set provider = excluded.provider returning id";
    let shop = tx.shop();
    let values = [
        shop.new_id().into(),
        customer.into(),
        provider.into(),
        shop.now().into(),
    ];
    let ids: Vec<ProviderCustomerId> = sql::column(tx.db(), sql, values).await?;
    let id = ids.first().copied();
    Ok(id.ok_or_else(|| Fault::Other("a customer of a provider was not written".to_owned(), None))?)
}
