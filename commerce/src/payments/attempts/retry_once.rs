//! Tries again to be paid, under a key: a request that is repeated because its answer was lost opens
//! no third attempt when the second has failed meanwhile.

use vitrine_entity::order;

use super::{
    begin::{Retry, again, open},
    method::choose,
};
use crate::{
    Context, Result, Shop,
    idempotency::{self, Claim},
    text,
};

/// As [`super::retry`]. The key belongs to the signed-in customer, or to whoever holds the order.
///
/// # Errors
/// What [`super::retry`] refuses, and a key that was used for another request. A refused request
/// leaves its key free.
pub async fn retry_once(shop: &Shop, context: &Context, input: Retry, key: &str) -> Result<order::Model> {
    let key = &text::line(&["idempotencyKey"], key, 255)?;
    let input = &input;
    shop.transact_keyed(context, |tx| async move {
        let order = open(&tx, input).await?;
        let parts = [
            &*order.id.to_string(),
            input.method.provider.as_deref().unwrap_or_default(),
            input.method.token.as_deref().unwrap_or_default(),
        ];
        let caller = match context.viewer.customer() {
            Some(customer) => customer.to_string(),
            None => order.id.to_string(),
        };
        let request = idempotency::Request::new("payment_retry", caller, key, &parts);
        if let Claim::Replay(_) = idempotency::claim(&tx, &request, order.id, None).await? {
            return Ok(order);
        }
        again(&tx, &order, &choose(shop, &input.method)?).await
    })
    .await
}
