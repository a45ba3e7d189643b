use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    flags::{self, Capability},
    sms::{self, SmsConsent, SmsResend},
    staff::Permission,
};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_sms,
};

use super::{
    object::Order,
    questions::{SmsConsentOfOrder, SmsOfOrder},
};
use crate::{
    graphql::shared::{ContextExt, Result, int, payload},
    ids,
};

/// What became of a text message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::order_sms::SmsState")]
pub enum OrderSmsState {
    /// The provider is being asked.
    Sending,
    /// The provider was away, or took nothing: it is asked again.
    Waiting,
    /// The provider has taken it.
    Sent,
    /// It was not sent, and will not be: `failure` says why.
    Failed,
    /// Nobody knows whether it was sent. It is not sent again.
    Unknown,
}

/// Text messages about an order.
#[derive(Debug)]
pub struct OrderSms {
    order: OrderId,
    is_offered: bool,
    phone: Option<String>,
    wording: Option<String>,
    agreed_at: Option<DateTime<Utc>>,
}

/// A text message that tells of an entry of the timeline.
#[derive(Debug, SimpleObject)]
pub struct OrderSmsMessage {
    /// The `number` of the timeline's entry.
    pub event_number: i32,
    /// What became of it.
    pub state: OrderSmsState,
    /// What the provider calls it, once it has taken it.
    pub provider_id: Option<String>,
    /// Why it was not sent, as far as is known.
    pub failure: Option<String>,
    /// When it was first tried.
    pub created_at: DateTime<Utc>,
    /// When it was sent, or given up.
    pub ended_at: Option<DateTime<Utc>>,
}

impl From<order_sms::Model> for OrderSmsMessage {
    fn from(row: order_sms::Model) -> Self {
        Self {
            event_number: int(row.event),
            state: row.state.into(),
            provider_id: row.provider_id,
            failure: row.failure,
            created_at: row.created_at,
            ended_at: row.ended_at,
        }
    }
}

impl OrderSms {
    /// Those of an order. Whoever shows them has asked whose it is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(ctx: &Context<'_>, order: &order::Model) -> Result<Self> {
        let said = ctx.load(SmsConsentOfOrder(order.id)).await?.filter(|said| said.granted);
        let is_over = matches!(order.status, OrderStatus::Completed | OrderStatus::Cancelled);
        let may_be_offered = ctx.shop().sms.is_some() && !is_over;
        Ok(Self {
            order: order.id,
            is_offered: may_be_offered && flags::is_on(ctx.shop(), ctx.caller(), Capability::TextMessages).await?,
            agreed_at: said.as_ref().map(|said| said.created_at),
            wording: said.as_ref().map(|said| said.wording.clone()),
            phone: said.map(|said| said.phone),
        })
    }
}

/// Text messages about an order, for a shopper who has agreed to them: that goods are on their way, out for delivery,
/// delivered, or ready to be picked up. `orderSmsConsentSet` says that they are wanted, or are not.
#[Object]
impl OrderSms {
    /// Whether the shop sends such messages, and there may be something to tell yet.
    async fn offered(&self) -> bool {
        self.is_offered
    }

    /// Where they go, as in `+4915123456789`. Null where nobody has agreed to them, or no more.
    async fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    /// Which wording was agreed to, as the storefront calls it. Null where nobody has.
    async fn wording(&self) -> Option<&str> {
        self.wording.as_deref()
    }

    /// When it was agreed to. Null where nobody has.
    async fn agreed_at(&self) -> Option<DateTime<Utc>> {
        self.agreed_at
    }

    /// What was sent, by the timeline's entries of which it tells. For staff with the permission `ORDERS`.
    #[graphql(complexity = "2 + 2 * child_complexity")]
    async fn messages(&self, ctx: &Context<'_>) -> Result<Option<Vec<OrderSmsMessage>>> {
        ctx.require(Permission::Orders)?;
        let rows = ctx.load(SmsOfOrder(self.order)).await?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(OrderSmsMessage::from).collect()))
    }
}

/// What somebody says to text messages about an order.
#[derive(Debug, InputObject)]
pub struct OrderSmsConsentSetInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// Whether they agree; otherwise they withdraw.
    pub granted: bool,
    /// The mobile number, as in `+49 151 23456789`, or as it is written in the country that the order goes to. Whoever
    /// withdraws says none.
    pub phone: Option<String>,
    /// What you call the words that they saw, as in `sms 2027-03`: at most 200 characters. It is the proof of what they
    /// agreed to.
    pub wording: String,
}

/// Which text message about an order goes out once more.
#[derive(Debug, InputObject)]
pub struct OrderSmsResendInput {
    /// The order's id.
    pub order_id: ID,
    /// The `number` of the timeline's entry of which it tells: the `eventNumber` of one of `sms.messages`.
    pub event_number: i32,
    /// Made by the client, once for each message that it means to send, such as a random UUID. Sent again with the same
    /// input, it sends none. At most 255 characters.
    pub idempotency_key: String,
}

payload! {
    /// What `orderSmsConsentSet` answers.
    OrderSmsConsentSetPayload {
        /// The order.
        order: Order,
    }
}

payload! {
    /// What `orderSmsResend` answers.
    OrderSmsResendPayload {
        /// The order.
        order: Order,
    }
}

#[derive(Debug, Default)]
pub struct OrderSmsMutation;

#[Object]
impl OrderSmsMutation {
    /// Writes down what somebody says to text messages about an order. The same again changes nothing. For its customer, a
    /// guest with its access token, and staff with the permission `ORDERS`, for whoever has told them so.
    #[graphql(complexity = "10 + child_complexity")]
    async fn order_sms_consent_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What they say.")] input: OrderSmsConsentSetInput,
    ) -> Result<Option<OrderSmsConsentSetPayload>> {
        OrderSmsConsentSetPayload::of(set(ctx, input).await)
    }

    /// Sends a text message about an order again, to the number that the shopper has agreed to last; at most three times, and
    /// while it has something to tell: two days, that a parcel is out for delivery eight hours. For staff with the permission
    /// `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_sms_resend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which text message about an order goes out once more.")] input: OrderSmsResendInput,
    ) -> Result<Option<OrderSmsResendPayload>> {
        OrderSmsResendPayload::of(resend(ctx, input).await)
    }
}

async fn resend(ctx: &Context<'_>, input: OrderSmsResendInput) -> vitrine_commerce::Result<Order> {
    let resend = SmsResend {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        event: input.event_number.into(),
        idempotency_key: input.idempotency_key,
    };
    Ok(Order(sms::resend(ctx.shop(), ctx.caller(), resend).await?))
}

async fn set(ctx: &Context<'_>, input: OrderSmsConsentSetInput) -> vitrine_commerce::Result<Order> {
    let said = SmsConsent {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        access_token: input.access_token,
        granted: input.granted,
        phone: input.phone,
        wording: input.wording,
    };
    Ok(Order(sms::set(ctx.shop(), ctx.caller(), said).await?))
}
