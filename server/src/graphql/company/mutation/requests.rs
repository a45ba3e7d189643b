use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::checkout::approval::{self, Ask};

use crate::{
    graphql::{
        company::request::PurchaseRequest,
        shared::{ContextExt, Result, payload},
    },
    ids,
};

/// Which cart is to be approved.
#[derive(Debug, InputObject)]
pub struct PurchaseRequestCreateInput {
    /// The cart's id.
    pub cart_id: ID,
    /// The cart's version that the shopper saw when they agreed to its total: refuse any other.
    pub expected_cart_version: Option<i32>,
    /// The `name` of the way to pay it, of those that need no token: `cart.onAccount.method`, or one of
    /// `shop.paymentMethods`; the shop's own where it is left out.
    pub payment_method: Option<String>,
    /// What the managers should know: at most 1000 characters.
    pub note: Option<String>,
}

/// What is approved.
#[derive(Debug, InputObject)]
pub struct PurchaseRequestApproveInput {
    /// The request's id.
    pub id: ID,
    /// What whoever asked is told: at most 1000 characters.
    pub answer: Option<String>,
}

/// What is refused.
#[derive(Debug, InputObject)]
pub struct PurchaseRequestRefuseInput {
    /// The request's id.
    pub id: ID,
    /// What whoever asked is told: at most 1000 characters.
    pub answer: Option<String>,
}

/// What is taken back.
#[derive(Debug, InputObject)]
pub struct PurchaseRequestWithdrawInput {
    /// The request's id.
    pub id: ID,
}

payload! {
    /// What `purchaseRequestCreate` answers.
    PurchaseRequestCreatePayload {
        /// The request.
        request: PurchaseRequest,
    }
}
payload! {
    /// What `purchaseRequestApprove` answers.
    PurchaseRequestApprovePayload {
        /// The request, with its order.
        request: PurchaseRequest,
    }
}
payload! {
    /// What `purchaseRequestRefuse` answers.
    PurchaseRequestRefusePayload {
        /// The request as it is now.
        request: PurchaseRequest,
    }
}
payload! {
    /// What `purchaseRequestWithdraw` answers.
    PurchaseRequestWithdrawPayload {
        /// The request as it is now.
        request: PurchaseRequest,
    }
}

#[derive(Debug, Default)]
pub struct CompanyRequestsMutation;

#[Object]
impl CompanyRequestsMutation {
    /// Asks the managers of the company for which a cart is bought to approve it, where it `needsApproval`; they are written
    /// to. Until one of them has answered, or it is taken back, the cart takes no changes.
    #[graphql(complexity = "20 + child_complexity")]
    async fn purchase_request_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which cart.")] input: PurchaseRequestCreateInput,
    ) -> Result<Option<PurchaseRequestCreatePayload>> {
        PurchaseRequestCreatePayload::of(create(ctx, input).await)
    }

    /// Approves what is asked for: it becomes an order of whoever asked. Refused with `PRICE_CHANGED`, and whatever else
    /// `orderPlace` refuses, where it could not be ordered any more as they saw it. Approved again, it is the same order. For
    /// managers of the company, other than whoever asked.
    #[graphql(complexity = "30 + child_complexity")]
    async fn purchase_request_approve(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is approved.")] input: PurchaseRequestApproveInput,
    ) -> Result<Option<PurchaseRequestApprovePayload>> {
        PurchaseRequestApprovePayload::of(approve(ctx, input).await)
    }

    /// Refuses what is asked for: the cart may be changed, and approval be asked for again. Refused again, it stays so. For
    /// managers of the company, other than whoever asked.
    #[graphql(complexity = "10 + child_complexity")]
    async fn purchase_request_refuse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is refused.")] input: PurchaseRequestRefuseInput,
    ) -> Result<Option<PurchaseRequestRefusePayload>> {
        PurchaseRequestRefusePayload::of(refuse(ctx, input).await)
    }

    /// Takes back what one has asked for: the cart may be changed. Taken back again, it stays so.
    #[graphql(complexity = "10 + child_complexity")]
    async fn purchase_request_withdraw(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is taken back.")] input: PurchaseRequestWithdrawInput,
    ) -> Result<Option<PurchaseRequestWithdrawPayload>> {
        PurchaseRequestWithdrawPayload::of(withdraw(ctx, input).await)
    }
}

type Request = vitrine_commerce::Result<PurchaseRequest>;

const WHAT: &str = "purchase request";

async fn create(ctx: &Context<'_>, input: PurchaseRequestCreateInput) -> Request {
    let ask = Ask {
        cart: ids::input(&input.cart_id, "cart", &["cartId"])?,
        expected_cart_version: input.expected_cart_version.map(i64::from),
        payment_method: input.payment_method,
        note: input.note,
    };
    let asked = approval::ask(ctx.shop(), ctx.caller(), ask).await?;
    Ok(PurchaseRequest(asked))
}

async fn approve(ctx: &Context<'_>, input: PurchaseRequestApproveInput) -> Request {
    let id = ids::input(&input.id, WHAT, &["id"])?;
    let approved = approval::approve(ctx.shop(), ctx.caller(), id, input.answer.as_deref()).await?;
    Ok(PurchaseRequest(approved.0))
}

async fn refuse(ctx: &Context<'_>, input: PurchaseRequestRefuseInput) -> Request {
    let id = ids::input(&input.id, WHAT, &["id"])?;
    let refused = approval::refuse(ctx.shop(), ctx.caller(), id, input.answer.as_deref()).await?;
    Ok(PurchaseRequest(refused))
}

async fn withdraw(ctx: &Context<'_>, input: PurchaseRequestWithdrawInput) -> Request {
    let id = ids::input(&input.id, WHAT, &["id"])?;
    Ok(PurchaseRequest(approval::withdraw(ctx.shop(), ctx.caller(), id).await?))
}
