//! What shoppers and staff do with returns.

use async_graphql::{Context, Object};
use vitrine_commerce::returns;

use super::{
    input::{
        ProductReturnExemptionSetInput, ReturnApproveInput, ReturnCancelInput, ReturnCloseInput, ReturnExchangeInput,
        ReturnInspectInput, ReturnReceiveInput, ReturnRefundInput, ReturnRefuseInput, ReturnRequestInput, id,
    },
    object::Return,
    picture::{self, ReturnPictureUploadCreateInput, ReturnPictureUploadCreatePayload},
    policy::{self, ReturnPolicy, ReturnPolicyUpdateInput},
};
use crate::{
    graphql::{
        product::object::Product,
        shared::{ContextExt, Result, payload},
    },
    ids,
};

payload! {
    /// What `returnRequest` answers.
    ReturnRequestPayload {
        /// The return.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnApprove` answers.
    ReturnApprovePayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnRefuse` answers.
    ReturnRefusePayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnCancel` answers.
    ReturnCancelPayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnReceive` answers.
    ReturnReceivePayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnInspect` answers.
    ReturnInspectPayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnRefund` answers.
    ReturnRefundPayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnExchange` answers.
    ReturnExchangePayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnClose` answers.
    ReturnClosePayload {
        /// The return as it is now.
        #[graphql(name = "return")]
        row: Return,
    }
}
payload! {
    /// What `returnPolicyUpdate` answers.
    ReturnPolicyUpdatePayload {
        /// The policy as it is now.
        return_policy: ReturnPolicy,
    }
}
payload! {
    /// What `productReturnExemptionSet` answers.
    ProductReturnExemptionSetPayload {
        /// The product.
        product: Product,
    }
}

#[derive(Debug, Default)]
pub struct ReturnMutation;

#[Object]
impl ReturnMutation {
    /// Asks to send goods of an order back. For its customer, a guest with its access token, and staff with the permission
    /// `ORDERS`, who may make an exception of deadlines and of goods that are not taken back.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_request(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goods come back, and what is wanted for them.")] input: ReturnRequestInput,
    ) -> Result<Option<ReturnRequestPayload>> {
        let done = async {
            let row = returns::request(ctx.shop(), ctx.caller(), input.read()?).await?;
            Ok(Return(row))
        };
        ReturnRequestPayload::of(done.await)
    }

    /// Approves a return: the shopper is told where to send the goods. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which return is approved, and how its goods are sent.")] input: ReturnApproveInput,
    ) -> Result<Option<ReturnApprovePayload>> {
        let done = async {
            let row = returns::approve(ctx.shop(), ctx.caller(), input.read()?).await?;
            Ok(Return(row))
        };
        ReturnApprovePayload::of(done.await)
    }

    /// Refuses a return. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_refuse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which return is refused, and why.")] input: ReturnRefuseInput,
    ) -> Result<Option<ReturnRefusePayload>> {
        let version = input.expected_version.map(i64::from);
        let done = async {
            let row = returns::refuse(ctx.shop(), ctx.caller(), id(&input.id)?, version, &input.reason).await?;
            Ok(Return(row))
        };
        ReturnRefusePayload::of(done.await)
    }

    /// Gives a return up before any goods came. For its order's customer, a guest with the order's access token, and staff
    /// with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which return is given up.")] input: ReturnCancelInput,
    ) -> Result<Option<ReturnCancelPayload>> {
        let token = input.access_token.as_deref();
        let done = async {
            let row = returns::cancel(ctx.shop(), ctx.caller(), id(&input.id)?, token).await?;
            Ok(Return(row))
        };
        ReturnCancelPayload::of(done.await)
    }

    /// Takes in goods that came. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_receive(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What has come.")] input: ReturnReceiveInput,
    ) -> Result<Option<ReturnReceivePayload>> {
        let done = async {
            let row = returns::receive(ctx.shop(), ctx.caller(), input.read()?).await?;
            Ok(Return(row))
        };
        ReturnReceivePayload::of(done.await)
    }

    /// Says what becomes of goods that came: they are put back in stock, where orders that wait for them get them, or written
    /// off. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_inspect(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What becomes of what came.")] input: ReturnInspectInput,
    ) -> Result<Option<ReturnInspectPayload>> {
        let done = async {
            let row = returns::inspect(ctx.shop(), ctx.caller(), input.read()?).await?;
            Ok(Return(row))
        };
        ReturnInspectPayload::of(done.await)
    }

    /// Pays back what was paid for units that came: with their discounts and tax, to the minor unit, less a fee. Closes the
    /// return where all that came is inspected and paid back. For staff with the permission `REFUNDS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_refund(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "For which units money goes back, and how.")] input: ReturnRefundInput,
    ) -> Result<Option<ReturnRefundPayload>> {
        let done = async {
            let row = returns::refund(ctx.shop(), ctx.caller(), input.read()?).await?;
            Ok(Return(row))
        };
        ReturnRefundPayload::of(done.await)
    }

    /// Sends another variant of the same product in place of units that came, by an order of its own. What was paid for these
    /// pays that order, by way of the customer's store credit or, for a guest, of a gift card that is mailed only where the order
    /// is cancelled or paid back. What the others cost less goes back. What they cost more is taken from the customer's store
    /// credit as far as there is any; the rest is `cost.unpaid` of that order, which the shopper is asked for by mail and pays by
    /// `orderPaymentRetry` before it leaves. For staff with the permissions `ORDERS` and `REFUNDS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn return_exchange(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which units are exchanged, and for what.")] input: ReturnExchangeInput,
    ) -> Result<Option<ReturnExchangePayload>> {
        let done = async {
            let row = returns::exchange(ctx.shop(), ctx.caller(), input.read()?).await?;
            Ok(Return(row))
        };
        ReturnExchangePayload::of(done.await)
    }

    /// Gives an address to which a picture of a return may be sent for an hour: of what is broken, say. For whoever may open its
    /// order, while the return is open.
    #[graphql(complexity = "10 + child_complexity")]
    async fn return_picture_upload_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which picture is to be sent.")] input: ReturnPictureUploadCreateInput,
    ) -> Result<Option<ReturnPictureUploadCreatePayload>> {
        ReturnPictureUploadCreatePayload::of(picture::target(ctx, input).await)
    }

    /// Ends a return: what has not come is awaited no longer. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn return_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which return ends.")] input: ReturnCloseInput,
    ) -> Result<Option<ReturnClosePayload>> {
        let version = input.expected_version.map(i64::from);
        let done = async {
            let row = returns::close(ctx.shop(), ctx.caller(), id(&input.id)?, version).await?;
            Ok(Return(row))
        };
        ReturnClosePayload::of(done.await)
    }

    /// Says what holds of returns. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn return_policy_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: ReturnPolicyUpdateInput,
    ) -> Result<Option<ReturnPolicyUpdatePayload>> {
        ReturnPolicyUpdatePayload::of(policy::update(ctx, input).await)
    }

    /// Says whether a product is taken back, and why not. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn product_return_exemption_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product is not taken back.")] input: ProductReturnExemptionSetInput,
    ) -> Result<Option<ProductReturnExemptionSetPayload>> {
        let reason = input.reason.map(Into::into);
        let done = async {
            let product = ids::input(&input.product_id, "product", &["productId"])?;
            let row = returns::set_exemption(ctx.shop(), ctx.caller(), product, reason).await?;
            Ok(Product(row))
        };
        ProductReturnExemptionSetPayload::of(done.await)
    }
}
