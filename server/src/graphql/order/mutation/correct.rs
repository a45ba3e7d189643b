use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::{
    downloads::{self, Renew},
    fulfilment::corrections::{self, ContactUpdate, ShippingAddressUpdate},
    mail::{self, Resend},
};

use crate::{
    graphql::{
        order::object::Order,
        shared::{ContextExt, MailingAddressInput, Result, given, payload},
    },
    ids,
};

/// Where an order's mails go, and how whoever placed it is called.
#[derive(Debug, InputObject)]
pub struct OrderContactUpdateInput {
    /// The order's id.
    pub order_id: ID,
    /// The order's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Where its mails go from now on. Left out, it stays.
    pub email: Option<String>,
    /// The telephone number, for the carrier. Left out, it stays; null takes it away.
    pub phone: MaybeUndefined<String>,
}

/// Where an order's goods go.
#[derive(Debug, InputObject)]
pub struct OrderShippingAddressUpdateInput {
    /// The order's id.
    pub order_id: ID,
    /// The order's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Where its goods go: the whole address.
    pub shipping_address: MailingAddressInput,
}

/// Which mail about an order goes out once more.
#[derive(Debug, InputObject)]
pub struct OrderMailResendInput {
    /// The order's id.
    pub order_id: ID,
    /// The `number` of the timeline's entry of which the mail tells: one that `hasMail`.
    pub event_number: i32,
    /// Made by the client, once for each mail that it means to send, such as a random UUID. Sent again with the same
    /// input, it sends none. At most 255 characters.
    pub idempotency_key: String,
}

/// Whose downloads are given anew.
#[derive(Debug, InputObject)]
pub struct OrderDownloadRenewInput {
    /// The order's id.
    pub order_id: ID,
    /// The order's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// One of its downloads; all, where it is left out.
    pub download_id: Option<ID>,
}

payload! {
    /// What `orderContactUpdate` answers.
    OrderContactUpdatePayload {
        /// The order as it is now.
        order: Order,
    }
}
payload! {
    /// What `orderShippingAddressUpdate` answers.
    OrderShippingAddressUpdatePayload {
        /// The order as it is now.
        order: Order,
    }
}
payload! {
    /// What `orderMailResend` answers.
    OrderMailResendPayload {
        /// The order.
        order: Order,
    }
}
payload! {
    /// What `orderDownloadRenew` answers.
    OrderDownloadRenewPayload {
        /// The order as it is now.
        order: Order,
    }
}

#[derive(Debug, Default)]
pub struct OrderCorrectionMutation;

#[Object]
impl OrderCorrectionMutation {
    /// Corrects where an order's mails go, and its telephone number, until its goods are on their way; of what is not
    /// sent also later. Mails that wait to be sent go there, too; the old address is told nothing. For staff with the
    /// permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_contact_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where an order's mails go.")] input: OrderContactUpdateInput,
    ) -> Result<Option<OrderContactUpdatePayload>> {
        OrderContactUpdatePayload::of(contact(ctx, input).await)
    }

    /// Corrects where an order's goods go, until they are on their way. An address where sending costs something else
    /// (another shipping zone), or other taxes are due, is refused. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_shipping_address_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where an order's goods go.")] input: OrderShippingAddressUpdateInput,
    ) -> Result<Option<OrderShippingAddressUpdatePayload>> {
        OrderShippingAddressUpdatePayload::of(shipping_address(ctx, input).await)
    }

    /// Sends a mail about an order again that was sent before, as it is written now, to where the order's mails go
    /// now; at most five of an order within an hour. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_mail_resend(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which mail about an order goes out once more.")] input: OrderMailResendInput,
    ) -> Result<Option<OrderMailResendPayload>> {
        OrderMailResendPayload::of(resend(ctx, input).await)
    }

    /// Gives the downloads of a paid order anew: as often, and for as long from now on, as their files are given
    /// today; also files that what was bought has by now. Their links stay, and are mailed. For staff with the
    /// permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn order_download_renew(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose downloads are given anew.")] input: OrderDownloadRenewInput,
    ) -> Result<Option<OrderDownloadRenewPayload>> {
        OrderDownloadRenewPayload::of(renew(ctx, input).await)
    }
}

async fn contact(ctx: &Context<'_>, input: OrderContactUpdateInput) -> vitrine_commerce::Result<Order> {
    let update = ContactUpdate {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        expected_version: input.expected_version.map(i64::from),
        email: input.email,
        phone: given(input.phone),
    };
    Ok(Order(
        corrections::update_contact(ctx.shop(), ctx.caller(), update).await?,
    ))
}

async fn shipping_address(
    ctx: &Context<'_>,
    input: OrderShippingAddressUpdateInput,
) -> vitrine_commerce::Result<Order> {
    let update = ShippingAddressUpdate {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        expected_version: input.expected_version.map(i64::from),
        address: input.shipping_address.into(),
    };
    let order = corrections::update_shipping_address(ctx.shop(), ctx.caller(), update).await?;
    Ok(Order(order))
}

async fn resend(ctx: &Context<'_>, input: OrderMailResendInput) -> vitrine_commerce::Result<Order> {
    let resend = Resend {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        event: input.event_number.into(),
        idempotency_key: input.idempotency_key,
    };
    Ok(Order(mail::resend(ctx.shop(), ctx.caller(), resend).await?))
}

async fn renew(ctx: &Context<'_>, input: OrderDownloadRenewInput) -> vitrine_commerce::Result<Order> {
    let download = input.download_id;
    let renew = Renew {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        expected_version: input.expected_version.map(i64::from),
        download: download
            .map(|id| ids::input(&id, "download", &["downloadId"]))
            .transpose()?,
    };
    Ok(Order(downloads::renew(ctx.shop(), ctx.caller(), renew).await?))
}
