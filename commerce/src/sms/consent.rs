//! A shopper agrees to text messages about their order, or withdraws; with the proof, as for marketing: which wording, when
//! and how.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder,
};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, OrderSmsConsentId},
    order::{self, OrderStatus},
    order_sms_consent::{self, Column, SmsConsentSource},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx, address,
    flags::{self, Capability},
    language::messages,
    orders::{
        access::{may_try, opens},
        transition,
    },
    staff::audit,
    text,
};

/// The most characters of a wording's name.
const WORDING_LENGTH_MAX: usize = 200;

/// How often somebody agrees at one order.
const ROWS_MAX: u64 = 20;

/// What somebody says.
#[derive(Debug, Clone)]
pub struct SmsConsent {
    pub order: OrderId,
    /// For a guest.
    pub access_token: Option<String>,
    pub granted: bool,
    /// To which number; whoever withdraws needs to say none.
    pub phone: Option<String>,
    /// What the storefront calls the words that they saw.
    pub wording: String,
}

/// Writes down what whoever opens the order says. The same again changes nothing.
///
/// # Errors
/// `INVALID`; `NOT_FOUND`; `RATE_LIMITED`; for whoever agrees `FORBIDDEN` where no messages are sent, `ORDER_STATE` once nothing
/// more is to be told, and `TOO_MANY_ATTEMPTS`.
pub async fn set(shop: &Shop, context: &Context, input: SmsConsent) -> Result<order::Model> {
    let wording = &text::line(&["wording"], &input.wording, WORDING_LENGTH_MAX)?;
    let input = &input;
    let token = input.access_token.as_deref();
    let tried = may_try(shop, context, &input.order.to_string(), token).await?;
    let said = shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        if !opens(shop, context, &order, token) {
            return Err(Refusal::not_found("order").at(&["orderId"]).into());
        }
        match input.granted {
            true => grant(&tx, &order, input.phone.as_deref().unwrap_or_default(), wording).await?,
            false => withdraw(&tx, order.id, source(context), wording).await?,
        }
        Ok(order)
    });
    let said = said.await;
    tried.judge_outcome(shop, context, &said).await;
    said
}

fn source(context: &Context) -> SmsConsentSource {
    match context.viewer.works_here() {
        true => SmsConsentSource::Staff,
        false => SmsConsentSource::Order,
    }
}

async fn grant(tx: &Tx, order: &order::Model, phone: &str, wording: &str) -> Result<()> {
    if tx.shop().sms.is_none() {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::not_offered()).into());
    }
    flags::require_in(tx, Capability::TextMessages).await?;
    if matches!(order.status, OrderStatus::Completed | OrderStatus::Cancelled) {
        return Err(Refusal::new(ErrorCode::OrderState, messages::sms_order_over())
            .at(&["orderId"])
            .into());
    }
    let phone = address::mobile(&["phone"], phone, &order.shipping_address.country)?;
    let last = latest(tx.db(), order.id).await?;
    if last.is_some_and(|last| last.granted && last.phone == phone && last.wording == wording) {
        return Ok(());
    }
    let written = order_sms_consent::Entity::find().filter(Column::OrderId.eq(order.id));
    if written.count(tx.db()).await? >= ROWS_MAX {
        return Err(Refusal::new(ErrorCode::TooManyAttempts, messages::changed_too_often()).into());
    }
    write(tx, order.id, true, phone, wording, source(tx.context())).await
}

/// Ends the messages about an order that somebody agreed to. Doing so again changes nothing.
pub(super) async fn withdraw(tx: &Tx, order: OrderId, source: SmsConsentSource, wording: &str) -> Result<()> {
    match latest(tx.db(), order).await?.filter(|last| last.granted) {
        Some(last) => write(tx, order, false, last.phone, wording, source).await,
        None => Ok(()),
    }
}

async fn write(
    tx: &Tx,
    order: OrderId,
    granted: bool,
    phone: String,
    wording: &str,
    source: SmsConsentSource,
) -> Result<()> {
    let row = order_sms_consent::Model {
        id: OrderSmsConsentId(tx.shop().new_id()),
        order_id: order,
        granted,
        phone,
        wording: wording.to_owned(),
        source,
        created_at: tx.shop().now(),
    };
    row.into_active_model().insert(tx.db()).await?;
    audit(
        tx,
        "order.sms_consent",
        order.to_string(),
        json!({ "granted": granted }),
    )
    .await
}

/// What was said last.
pub(super) async fn latest(db: &impl ConnectionTrait, order: OrderId) -> Result<Option<order_sms_consent::Model>> {
    let said = order_sms_consent::Entity::find().filter(Column::OrderId.eq(order));
    Ok(said.order_by_desc(Column::Id).one(db).await?)
}
