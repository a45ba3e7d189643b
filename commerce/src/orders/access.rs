//! Who may open an order: its customer, staff, or whoever holds its token.
//!
//! The token is derived from the order's id with the shop's secret, so that a mail sent weeks
//! later can carry it and nothing that opens an order lies in the database: the row has its hash,
//! which also keeps old links alive when the secret changes. The links of later mails open by the secret.
//!
//! A token comes with the question, or in the header `Order-Access-Token` of the request.

use sea_orm::{DbErr, EntityTrait};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vitrine_entity::{ids::OrderId, order};

use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Viewer,
    limits::order_token,
    signature,
    staff::permission::{self, Permission},
};

/// Bytes of a token: 160 bits.
const TOKEN_BYTES: usize = 20;

/// The token that opens the order `id`.
pub fn token(shop: &Shop, id: OrderId) -> String {
    signature::sign(&shop.settings.signing_secret, &message(id), TOKEN_BYTES)
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
pub(crate) fn opens(shop: &Shop, context: &Context, order: &order::Model, token: Option<&str>) -> bool {
    let is_owner = order.customer_id.is_some() && order.customer_id == context.viewer.customer();
    let holds_token = || {
        let sent = context.order_access_tokens.iter().map(String::as_str);
        sent.chain(token).any(|token| is_its_token(shop, order, token))
    };
    is_owner
        || matches!(context.viewer, Viewer::System)
        || permission::allowed(context, Permission::Orders)
        || holds_token()
}

/// What `find` gives, if the caller may open the order that it is of: staff open what is of none yet, too. `asked` is by what it
/// was asked for.
///
/// # Errors
/// `RATE_LIMITED` after too many wrong tokens.
pub(crate) async fn opened<T>(
    shop: &Shop,
    context: &Context,
    (asked, token): (&str, Option<&str>),
    find: impl Future<Output = Result<Option<T>, DbErr>>,
    order_of: impl Fn(&T) -> Option<OrderId>,
) -> Result<Option<T>> {
    let tried = may_try(shop, context, asked, token).await?;
    let found = find.await?;
    let order = match found.as_ref().and_then(order_of) {
        Some(order) => order::Entity::find_by_id(order).one(&shop.db).await?,
        None => None,
    };
    let is_open = permission::allowed(context, Permission::Orders)
        || order.is_some_and(|order| opens(shop, context, &order, token));
    let opened = found.filter(|_| is_open);
    tried.judge(shop, context, opened.is_some()).await;
    Ok(opened)
}

fn is_its_token(shop: &Shop, order: &order::Model, token: &str) -> bool {
    let is_the_first = bool::from(hash(token).ct_eq(&order.access_token_hash));
    is_the_first || signature::is_ours(shop.settings.signing_secrets(), &message(order.id), TOKEN_BYTES, token)
}

fn message(id: OrderId) -> Vec<u8> {
    [b"order-access:", id.0.as_bytes().as_slice()].concat()
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
    let gives_none = token.is_none() && context.order_access_tokens.is_empty();
    if gives_none || matches!(context.viewer, Viewer::System) || permission::allowed(context, Permission::Orders) {
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
