//! Who may open an order: its customer, staff, or whoever holds its token.
//!
//! The token is derived from the order's id with the shop's secret, so that a mail sent weeks
//! later can carry it and nothing that opens an order lies in the database: the row has its hash,
//! which also keeps old links alive when the secret changes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vitrine_entity::{ids::OrderId, order};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Viewer,
    limits::order_token,
    staff::permission::{self, Permission},
};

/// Bytes of a token: 160 bits.
const TOKEN_BYTES: usize = 20;

/// The token that opens the order `id`.
pub fn token(shop: &Shop, id: OrderId) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&shop.settings.signing_secret).expect("HMAC takes a key of any length");
    mac.update(b"order-access:");
    mac.update(id.0.as_bytes());
    URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..TOKEN_BYTES])
}

/// Where whoever has this link sees the order.
pub fn link(shop: &Shop, id: OrderId) -> String {
    let url = &shop.settings.order_url;
    url.replace("{order}", &id.to_string())
        .replace("{token}", &token(shop, id))
}

/// What the database keeps of a token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Whether the caller may open `order`.
pub(crate) fn opens(context: &Context, order: &order::Model, token: Option<&str>) -> bool {
    let is_owner = order.customer_id.is_some() && order.customer_id == context.viewer.customer();
    let holds_token = || token.is_some_and(|token| bool::from(hash(token).ct_eq(&order.access_token_hash)));
    is_owner
        || matches!(context.viewer, Viewer::System)
        || permission::allowed(context, Permission::Orders)
        || holds_token()
}

/// A token that is tried at an order, by which name the order was asked for.
pub(crate) struct Tried(Option<String>);

/// Whether another token may be tried at an order; before a transaction begins, for others are asked.
///
/// # Errors
/// `RATE_LIMITED`.
pub(crate) async fn may_try(
    shop: &Shop,
    context: &Context,
    order: &str,
    token: Option<&str>,
) -> Result<Tried, Refusal> {
    // Who needs no token guesses none.
    if token.is_none() || matches!(context.viewer, Viewer::System) || permission::allowed(context, Permission::Orders) {
        return Ok(Tried(None));
    }
    order_token::may_try(shop, context, order).await?;
    Ok(Tried(Some(order.to_owned())))
}

impl Tried {
    /// Counts it, if it opened nothing.
    pub(crate) async fn judge(self, shop: &Shop, context: &Context, opened: bool) {
        if let Some(order) = self.0.filter(|_| !opened) {
            order_token::was_wrong(shop, context, &order).await;
        }
    }

    /// As [`judge`](Self::judge), of a use case that answers `NOT_FOUND` where it did not open.
    pub(crate) async fn judge_outcome<T>(self, shop: &Shop, context: &Context, outcome: &Result<T>) {
        let missing = |refusals: &Vec<Refusal>| refusals.iter().any(|refusal| refusal.code == ErrorCode::NotFound);
        let closed = matches!(outcome, Err(Error::Refused(refusals)) if missing(refusals));
        self.judge(shop, context, !closed).await;
    }
}
