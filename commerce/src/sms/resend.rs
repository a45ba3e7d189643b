//! Staff send a text message again: where it did not go out, where nobody knows, or where the shopper has lost it.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order, order_event,
    order_sms::{self, SmsState},
};

use super::consent::latest;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    language::{Message, messages},
    notifications::{self, Occasion},
    orders::transition,
    sql,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// How often one message is sent again: each is paid for.
const RESENDS_MAX: i32 = 3;

/// Which message goes out once more.
#[derive(Debug, Clone)]
pub struct SmsResend {
    pub order: OrderId,
    /// The number of the timeline's entry of which it tells.
    pub event: i64,
    /// Chosen by the client, once for each message it means to send.
    pub idempotency_key: String,
}

/// Sends a text message again, to the number that the shopper has agreed to last.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND` where none was tried of this entry; `ORDER_STATE` for one that is on its way, has
/// nothing to tell any more, or is not wanted; `TOO_MANY_ATTEMPTS`; `IDEMPOTENCY_KEY_REUSED`.
pub async fn resend(shop: &Shop, context: &Context, input: SmsResend) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let (id, event) = (input.order, input.event);
    shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        let parts = [&*id.to_string(), &*event.to_string()];
        let request = idempotency::Request::of_staff(&tx, "order_sms_resend", key, &parts);
        if let Claim::Replay(_) = idempotency::claim(&tx, &request, id, id).await? {
            return Ok(order);
        }
        let occasion = refuse(&tx, id, event).await?;
        let sql = "update order_sms set state = 'WAITING', resends = resends + 1, ended_at = null \
            where order_id = $1 and event = $2 and resends < $3";
        if sql::execute(tx.db(), sql, [id.into(), event.into(), RESENDS_MAX.into()]).await? == 0 {
            let message = messages::sms_resends_max(RESENDS_MAX);
            return Err(Refusal::new(ErrorCode::TooManyAttempts, message).into());
        }
        notifications::tell_by_sms(&tx, id, event, &occasion);
        audit(&tx, "order.sms_resend", id.to_string(), json!({ "event": event })).await?;
        Ok(order)
    })
    .await
}

/// Gives what the message tells.
async fn refuse(tx: &Tx, order: OrderId, event: i64) -> Result<Occasion> {
    let row = order_sms::Entity::find_by_id((order, event)).one(tx.db()).await?;
    let told = order_event::Entity::find_by_id((order, event)).one(tx.db()).await?;
    let (Some(row), Some(told)) = (row, told) else {
        return Err(Refusal::not_found("text message").at(&["eventNumber"]).into());
    };
    if matches!(row.state, SmsState::Sending | SmsState::Waiting) {
        return Err(refusal(messages::sms_waits()).into());
    }
    let age = tx.shop().now() - told.created_at;
    let occasion = Occasion::of(told.kind, &told.data).filter(|occasion| age < occasion.lasts());
    let Some(occasion) = occasion else {
        return Err(refusal(messages::sms_outdated()).into());
    };
    match latest(tx.db(), order).await?.is_some_and(|last| last.granted) {
        true => Ok(occasion),
        false => Err(refusal(messages::sms_unwanted()).into()),
    }
}

fn refusal(message: Message) -> Refusal {
    Refusal::new(ErrorCode::OrderState, message).at(&["eventNumber"])
}
