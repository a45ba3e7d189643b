//! Shoppers withdraw, in two steps, and staff decide what the rules do not.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Refusal,
    withdrawals::{self, Accept, Declaration, Declared},
};
use vitrine_entity::{
    ids::{OrderLineId, WithdrawalId},
    withdrawal,
};

use super::object::Withdrawal;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// Units of an order's line from which somebody withdraws.
#[derive(Debug, InputObject)]
pub struct WithdrawalLineInput {
    /// The id of the order's line.
    pub line_id: ID,
    /// How many units.
    pub quantity: i32,
}

/// From what somebody withdraws. Name the order by its id, if you may open it, or by its number and mail address.
#[derive(Debug, InputObject)]
pub struct WithdrawalPrepareInput {
    /// The order's id.
    pub order_id: Option<ID>,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// The order's number as somebody typed it, without `orderId`.
    pub order_number: Option<String>,
    /// The mail address that the order's mails go to, without `orderId`: the confirmation goes there.
    pub email: Option<String>,
    /// Who withdraws: at most 200 characters. Required without `orderId`; else the name of the billing address unless given.
    pub name: Option<String>,
    /// From which units, with `orderId`: each line of the order once. From the whole order where both this and `details` are
    /// left out.
    pub lines: Option<Vec<WithdrawalLineInput>>,
    /// From which goods, in the shopper's own words: at most 2,000 characters.
    pub details: Option<String>,
}

/// From what somebody withdraws, once they have seen the wording and confirm it.
#[derive(Debug, InputObject)]
pub struct WithdrawalConfirmInput {
    #[graphql(flatten)]
    pub declaration: WithdrawalPrepareInput,
    /// Yours to choose, once for each statement: the same again gives the receipt of the one that was made.
    pub idempotency_key: String,
}

/// What somebody is about to declare.
#[derive(Debug, SimpleObject)]
pub struct WithdrawalDraft {
    /// The wording, in the language of the request, a sentence or a line of goods on each line: show it beside a button that
    /// says "Confirm withdrawal".
    pub statement: String,
    /// The order's number, as it is written.
    pub order_number: String,
    /// Who withdraws.
    pub name: String,
    /// Where the confirmation goes.
    pub email: String,
}

/// That a statement was received. It says nothing of what follows: whoever may open the order reads that there.
#[derive(Debug, SimpleObject)]
pub struct WithdrawalReceipt {
    /// What people read and say: `W-7K3M-9QXT`.
    pub number: String,
    /// The wording.
    pub statement: String,
    /// Where the confirmation goes.
    pub email: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
}

/// Which statement is accepted.
#[derive(Debug, InputObject)]
pub struct WithdrawalAcceptInput {
    /// The statement's id.
    pub id: ID,
    /// The statement's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// From which units, in place of those that were declared: where the shopper said it in their own words.
    pub lines: Option<Vec<WithdrawalLineInput>>,
}

/// Which statement is refused, and why.
#[derive(Debug, InputObject)]
pub struct WithdrawalRefuseInput {
    /// The statement's id.
    pub id: ID,
    /// The statement's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Shown to the shopper: at most 500 characters.
    pub reason: String,
}

/// Which order a statement means.
#[derive(Debug, InputObject)]
pub struct WithdrawalMatchInput {
    /// The statement's id.
    pub id: ID,
    /// The order's id.
    pub order_id: ID,
}

payload! {
    /// What `withdrawalPrepare` answers.
    WithdrawalPreparePayload {
        /// What would be declared.
        draft: WithdrawalDraft,
    }
}
payload! {
    /// What `withdrawalConfirm` answers.
    WithdrawalConfirmPayload {
        /// That it was received.
        receipt: WithdrawalReceipt,
    }
}
payload! {
    /// What `withdrawalAccept` answers.
    WithdrawalAcceptPayload {
        /// The statement as it is now.
        withdrawal: Withdrawal,
    }
}
payload! {
    /// What `withdrawalRefuse` answers.
    WithdrawalRefusePayload {
        /// The statement as it is now.
        withdrawal: Withdrawal,
    }
}
payload! {
    /// What `withdrawalMatch` answers.
    WithdrawalMatchPayload {
        /// The statement as it is now.
        withdrawal: Withdrawal,
    }
}

#[derive(Debug, Default)]
pub struct WithdrawalMutation;

#[Object]
impl WithdrawalMutation {
    /// The first step of a withdrawal: what would be declared. Changes nothing, and does not tell whether there is such an order.
    #[graphql(complexity = "20 + child_complexity")]
    async fn withdrawal_prepare(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From what somebody withdraws.")] input: WithdrawalPrepareInput,
    ) -> Result<Option<WithdrawalPreparePayload>> {
        let done = async {
            let declared = withdrawals::prepare(ctx.shop(), ctx.caller(), &input.read()?).await?;
            Ok(draft(declared))
        };
        WithdrawalPreparePayload::of(done.await)
    }

    /// The second step: the statement is received, whatever the rules say of it, and confirmed by mail at once with its wording and
    /// time. What is in time and not exempt leads to a return that is approved, or has the order cancelled where nothing of it
    /// was sent; of all else staff are told. Answers alike whether or not there is such an order; without `orderId` a few times an
    /// hour for a mail address. Staff who declare it for a shopper need `REFUNDS` where a paid order is cancelled by it.
    #[graphql(complexity = "50 + child_complexity")]
    async fn withdrawal_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "From what somebody withdraws.")] input: WithdrawalConfirmInput,
    ) -> Result<Option<WithdrawalConfirmPayload>> {
        let done = async {
            let declaration = input.declaration.read()?;
            let row = withdrawals::declare(ctx.shop(), ctx.caller(), declaration, &input.idempotency_key).await?;
            Ok(receipt(row))
        };
        WithdrawalConfirmPayload::of(done.await)
    }

    /// Accepts a statement whatever the rules say of it: what is with the shopper comes back by a return, or the order is cancelled
    /// where nothing of it was sent. For staff with the permission `ORDERS`; where a paid order is cancelled, `REFUNDS`, too.
    #[graphql(complexity = "20 + child_complexity")]
    async fn withdrawal_accept(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which statement is accepted.")] input: WithdrawalAcceptInput,
    ) -> Result<Option<WithdrawalAcceptPayload>> {
        let done = async {
            let accept = Accept {
                id: id(&input.id)?,
                expected_version: input.expected_version.map(i64::from),
                lines: input.lines.map(lines).transpose()?,
            };
            let row = withdrawals::accept(ctx.shop(), ctx.caller(), accept).await?;
            Ok(Withdrawal(row))
        };
        WithdrawalAcceptPayload::of(done.await)
    }

    /// Refuses a statement: the shopper is told why. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn withdrawal_refuse(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which statement is refused, and why.")] input: WithdrawalRefuseInput,
    ) -> Result<Option<WithdrawalRefusePayload>> {
        let version = input.expected_version.map(i64::from);
        let done = async {
            let row = withdrawals::refuse(ctx.shop(), ctx.caller(), id(&input.id)?, version, &input.reason).await?;
            Ok(Withdrawal(row))
        };
        WithdrawalRefusePayload::of(done.await)
    }

    /// Says which order a statement means that named none that anybody knew; it is then settled by the rules. For staff with the
    /// permission `ORDERS`; where a paid order is cancelled by it, `REFUNDS`, too.
    #[graphql(complexity = "20 + child_complexity")]
    async fn withdrawal_match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which order a statement means.")] input: WithdrawalMatchInput,
    ) -> Result<Option<WithdrawalMatchPayload>> {
        let done = async {
            let order = ids::input(&input.order_id, "order", &["orderId"])?;
            let row = withdrawals::match_order(ctx.shop(), ctx.caller(), id(&input.id)?, order).await?;
            Ok(Withdrawal(row))
        };
        WithdrawalMatchPayload::of(done.await)
    }
}

impl WithdrawalPrepareInput {
    fn read(self) -> std::result::Result<Declaration, Refusal> {
        let order = self.order_id.as_ref();
        Ok(Declaration {
            order: order.map(|id| ids::input(id, "order", &["orderId"])).transpose()?,
            access_token: self.access_token,
            order_number: self.order_number,
            email: self.email,
            name: self.name,
            lines: self.lines.map(lines).transpose()?,
            details: self.details,
        })
    }
}

fn lines(given: Vec<WithdrawalLineInput>) -> std::result::Result<Vec<(OrderLineId, i32)>, Refusal> {
    let read = |(index, line): (usize, WithdrawalLineInput)| {
        let path = ["lines", &index.to_string(), "lineId"];
        Ok((ids::input(&line.line_id, "line of this order", &path)?, line.quantity))
    };
    given.into_iter().enumerate().map(read).collect()
}

fn id(id: &str) -> std::result::Result<WithdrawalId, Refusal> {
    ids::input(id, "withdrawal", &["id"])
}

fn draft(declared: Declared) -> WithdrawalDraft {
    WithdrawalDraft {
        statement: declared.statement,
        order_number: declared.order_number,
        name: declared.name,
        email: declared.email,
    }
}

fn receipt(row: withdrawal::Model) -> WithdrawalReceipt {
    WithdrawalReceipt {
        number: row.number,
        statement: row.statement,
        email: row.email,
        received_at: row.received_at,
    }
}
