//! Which browsers are told of an order.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    ids::{OrderId, PushSubscriptionId},
    order,
    push_subscription::{self, Column},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    orders::{
        access::{may_try, opens},
        transition,
    },
    ports::push::PushTarget,
    sql, text,
};

/// The most browsers that are told of one order.
const BROWSERS_MAX: u64 = 10;

const ENDPOINT_LENGTH_MAX: usize = 1_000;

/// A browser that is to be told, as it gave itself (`PushSubscription` of the Push API).
#[derive(Debug, Clone)]
pub struct Subscribe {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    /// The shop's key that it was given; the current one, where nothing is said.
    pub key: Option<String>,
}

/// A browser that is to be told no more.
#[derive(Debug, Clone)]
pub struct Unsubscribe {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    pub endpoint: String,
}

/// By which browsers know the shop; `None` where it sends them nothing.
pub fn key(shop: &Shop) -> Option<&str> {
    shop.push.as_ref().map(|push| push.public_key())
}

/// Has a browser told of an order from now on. The same again changes nothing.
///
/// # Errors
/// `NOT_FOUND`; `RATE_LIMITED`; `FORBIDDEN` where browsers are told nothing; `INVALID` for what no browser gives, and for
/// addresses inside; `TOO_MANY_ATTEMPTS`.
pub async fn subscribe(shop: &Shop, context: &Context, input: Subscribe) -> Result<order::Model> {
    let target = &PushTarget {
        sender_key: input.key.or_else(|| key(shop).map(str::to_owned)).unwrap_or_default(),
        endpoint: input.endpoint,
        p256dh: input.p256dh,
        auth: input.auth,
    };
    let (id, token) = (input.order, &input.access_token);
    let tried = may_try(shop, context, &id.to_string(), token.as_deref()).await?;
    let subscribed = shop.transact(context, |tx| async move {
        let order = opened(&tx, id, token.as_deref()).await?;
        write(&tx, id, target).await?;
        Ok(order)
    });
    let subscribed = subscribed.await;
    tried.judge_outcome(shop, context, &subscribed).await;
    subscribed
}

/// Has a browser told of an order no more. Doing so again changes nothing.
///
/// # Errors
/// `NOT_FOUND`; `RATE_LIMITED`.
pub async fn unsubscribe(shop: &Shop, context: &Context, input: Unsubscribe) -> Result<order::Model> {
    let endpoint = &text::line(&["endpoint"], &input.endpoint, ENDPOINT_LENGTH_MAX)?;
    let input = &input;
    let token = input.access_token.as_deref();
    let tried = may_try(shop, context, &input.order.to_string(), token).await?;
    let unsubscribed = shop.transact(context, |tx| async move {
        let order = opened(&tx, input.order, token).await?;
        let sql = "delete from push_subscription where order_id = $1 and endpoint = $2";
        let values = [input.order.into(), endpoint.as_str().into()];
        sql::execute(tx.db(), sql, values).await?;
        Ok(order)
    });
    let unsubscribed = unsubscribed.await;
    tried.judge_outcome(shop, context, &unsubscribed).await;
    unsubscribed
}

async fn opened(tx: &Tx, id: OrderId, token: Option<&str>) -> Result<order::Model> {
    let order = transition::lock(tx, id).await?;
    match opens(tx.shop(), tx.context(), &order, token) {
        true => Ok(order),
        false => Err(Refusal::not_found("order").at(&["orderId"]).into()),
    }
}

async fn write(tx: &Tx, order: OrderId, target: &PushTarget) -> Result<()> {
    let shop = tx.shop();
    let Some(push) = &shop.push else {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::not_offered()).into());
    };
    if !push.takes(target) {
        return Err(Refusal::new(ErrorCode::Invalid, messages::push_subscription())
            .at(&["endpoint"])
            .into());
    }
    let others = push_subscription::Entity::find()
        .filter(Column::OrderId.eq(order))
        .filter(Column::Endpoint.ne(&target.endpoint));
    if others.count(tx.db()).await? >= BROWSERS_MAX {
        return Err(Refusal::new(ErrorCode::TooManyAttempts, messages::changed_too_often()).into());
    }
    let sql = "insert into push_subscription (id, order_id, endpoint, p256dh, auth, sender_key, created_at) \
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (order_id, endpoint) \
        do update set p256dh = excluded.p256dh, auth = excluded.auth, sender_key = excluded.sender_key";
    let values = [
        PushSubscriptionId(shop.new_id()).into(),
        order.into(),
        target.endpoint.as_str().into(),
        target.p256dh.as_str().into(),
        target.auth.as_str().into(),
        target.sender_key.as_str().into(),
        shop.now().into(),
    ];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}
