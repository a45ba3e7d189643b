//! What the mutations of returns take.

use std::str::FromStr;

use async_graphql::{ID, InputObject};
use vitrine_commerce::{
    Refusal,
    returns::{
        Approve, Exchange, ExchangeUnits, Inspect, Inspected, Receive, Received, Refund, RefundUnits, Request,
        RequestLine,
    },
};
use vitrine_entity::ids::ReturnId;

use super::{line::ReturnReason, object::ReturnResolution, policy::ReturnExemption};
use crate::{
    graphql::{payment::order_refund::RefundTo, shared::Decimal},
    ids,
};

/// Units of an order's line that come back.
#[derive(Debug, InputObject)]
pub struct ReturnRequestLineInput {
    /// The id of the order's line.
    pub line_id: ID,
    /// How many units.
    pub quantity: i32,
    /// Why.
    pub reason: ReturnReason,
    /// More about why: at most 1,000 characters.
    pub note: Option<String>,
}

/// Which goods come back, and what is wanted for them.
#[derive(Debug, InputObject)]
pub struct ReturnRequestInput {
    /// The order's id.
    pub order_id: ID,
    /// Opens the order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
    /// Each line of the order once, at most 100: `order.returnable` says which may come back.
    pub lines: Vec<ReturnRequestLineInput>,
    /// What is wanted for them.
    #[graphql(default_with = "ReturnResolution::Refund")]
    pub resolution: ReturnResolution,
    /// What the shop should know: at most 1,000 characters.
    pub note: Option<String>,
    /// Yours to choose, once for each return: the same again gives the return that was made.
    pub idempotency_key: String,
}

/// Which return is approved, and how its goods are sent.
#[derive(Debug, InputObject)]
pub struct ReturnApproveInput {
    /// The return's id.
    pub id: ID,
    /// The return's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The id of the location to which the goods are sent; that of `returnPolicy` unless given.
    pub location_id: Option<ID>,
    /// How the goods are sent: at most 2,000 characters; those of `returnPolicy` unless given.
    pub instructions: Option<String>,
    /// Where the shopper finds a label that the shop pays: an `https://` or `http://` address.
    pub label_url: Option<String>,
}

/// Which return is refused, and why.
#[derive(Debug, InputObject)]
pub struct ReturnRefuseInput {
    /// The return's id.
    pub id: ID,
    /// The return's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Shown to the shopper: at most 500 characters.
    pub reason: String,
}

/// Which return is given up.
#[derive(Debug, InputObject)]
pub struct ReturnCancelInput {
    /// The return's id.
    pub id: ID,
    /// Opens its order to a guest.
    #[graphql(secret)]
    pub access_token: Option<String>,
}

/// Units of a return's line that came.
#[derive(Debug, InputObject)]
pub struct ReturnReceiveLineInput {
    /// The id of the return's line.
    pub line_id: ID,
    /// How many units.
    pub quantity: i32,
}

/// What has come.
#[derive(Debug, InputObject)]
pub struct ReturnReceiveInput {
    /// The return's id.
    pub id: ID,
    /// The return's version that you saw: refuse to change any other. A request that names lines takes it, or the header
    /// `Idempotency-Key`, so that a repeat receives nothing twice.
    pub expected_version: Option<i32>,
    /// What came of each line; all that was still to come where it is left out.
    pub lines: Option<Vec<ReturnReceiveLineInput>>,
}

/// What becomes of units of a return's line.
#[derive(Debug, InputObject)]
pub struct ReturnInspectLineInput {
    /// The id of the return's line.
    pub line_id: ID,
    /// How many units are sold again.
    #[graphql(default)]
    pub restock: i32,
    /// How many units are not.
    #[graphql(default)]
    pub write_off: i32,
    /// Why the line's units came back, where staff find another reason than the shopper gave. No fee is kept by
    /// `returnPolicy.feeBasisPoints` of what is `DAMAGED`, `DEFECTIVE`, `NOT_AS_EXPECTED` or a `WRONG_ITEM`.
    pub reason: Option<ReturnReason>,
}

/// What becomes of what came.
#[derive(Debug, InputObject)]
pub struct ReturnInspectInput {
    /// The return's id.
    pub id: ID,
    /// The return's version that you saw: refuse to change any other. It is needed, or the header `Idempotency-Key`, so that a
    /// repeat inspects nothing twice.
    pub expected_version: Option<i32>,
    /// The id of the location at which units are put back in stock; the one to which they were sent unless given.
    pub location_id: Option<ID>,
    /// What becomes of units of each line.
    pub lines: Vec<ReturnInspectLineInput>,
}

/// Units of a return's line of which the money goes back.
#[derive(Debug, InputObject)]
pub struct ReturnRefundLineInput {
    /// The id of the return's line.
    pub line_id: ID,
    /// How many units.
    pub quantity: i32,
}

/// For which units of a return money goes back, and how.
#[derive(Debug, InputObject)]
pub struct ReturnRefundInput {
    /// The return's id.
    pub id: ID,
    /// The return's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Units of each line; all that came and are not paid back where it is left out.
    pub lines: Option<Vec<ReturnRefundLineInput>>,
    /// Where the money goes; as the shopper wished unless given.
    pub to: Option<RefundTo>,
    /// How much of it the shop keeps, in the order's currency; by `returnPolicy.feeBasisPoints` unless given, and then nothing of
    /// what came back by the shop's fault.
    pub fee: Option<Decimal>,
    /// Whether what shipping cost goes back, too; by `returnPolicy.refundsShipping` unless given, and with all goods where any
    /// came back by the shop's fault.
    pub shipping: Option<bool>,
    /// Shown to the shopper: at most 200 characters.
    pub reason: Option<String>,
    /// Yours to choose, once for each refund: the same again pays nothing more.
    pub idempotency_key: String,
}

/// Units of a return's line, and what is sent in their place.
#[derive(Debug, InputObject)]
pub struct ReturnExchangeLineInput {
    /// The id of the return's line.
    pub line_id: ID,
    /// How many units.
    pub quantity: i32,
    /// The id of another variant of the same product.
    pub variant_id: ID,
}

/// Which units of a return are exchanged, and for what.
#[derive(Debug, InputObject)]
pub struct ReturnExchangeInput {
    /// The return's id.
    pub id: ID,
    /// The return's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Each line of the return once.
    pub lines: Vec<ReturnExchangeLineInput>,
    /// Where goes what they cost less than what came. What they cost more is taken from the customer's store credit as far as
    /// there is any, and the rest is `cost.unpaid` of `exchangeOrder`, which the shopper is asked for.
    #[graphql(default_with = "RefundTo::Original")]
    pub to: RefundTo,
    /// Yours to choose, once for each exchange: the same again sends nothing more.
    pub idempotency_key: String,
}

/// Which return ends.
#[derive(Debug, InputObject)]
pub struct ReturnCloseInput {
    /// The return's id.
    pub id: ID,
    /// The return's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

/// Which product is not taken back.
#[derive(Debug, InputObject)]
pub struct ProductReturnExemptionSetInput {
    /// The product's id.
    pub product_id: ID,
    /// Why it is not taken back; null where it is.
    pub reason: Option<ReturnExemption>,
}

impl ReturnRequestInput {
    pub(super) fn read(self) -> Result<Request, Refusal> {
        let line = |(index, line): (usize, ReturnRequestLineInput)| {
            Ok(RequestLine {
                line: of_line(&line.line_id, "line of this order", index, "lineId")?,
                quantity: line.quantity,
                reason: line.reason.into(),
                note: line.note,
            })
        };
        Ok(Request {
            order: ids::input(&self.order_id, "order", &["orderId"])?,
            access_token: self.access_token,
            lines: each(self.lines, line)?,
            resolution: self.resolution.into(),
            note: self.note,
            idempotency_key: self.idempotency_key,
        })
    }
}

impl ReturnApproveInput {
    pub(super) fn read(self) -> Result<Approve, Refusal> {
        let location = self.location_id.as_ref();
        Ok(Approve {
            id: id(&self.id)?,
            expected_version: self.expected_version.map(i64::from),
            location: location
                .map(|id| ids::input(id, "location", &["locationId"]))
                .transpose()?,
            instructions: self.instructions,
            label_url: self.label_url,
        })
    }
}

impl ReturnReceiveInput {
    pub(super) fn read(self) -> Result<Receive, Refusal> {
        let line = |(index, line): (usize, ReturnReceiveLineInput)| {
            Ok(Received {
                line: of_line(&line.line_id, "line of this return", index, "lineId")?,
                quantity: line.quantity,
            })
        };
        Ok(Receive {
            id: id(&self.id)?,
            expected_version: self.expected_version.map(i64::from),
            lines: self.lines.map(|lines| each(lines, line)).transpose()?,
        })
    }
}

impl ReturnInspectInput {
    pub(super) fn read(self) -> Result<Inspect, Refusal> {
        let line = |(index, line): (usize, ReturnInspectLineInput)| {
            Ok(Inspected {
                line: of_line(&line.line_id, "line of this return", index, "lineId")?,
                restock: line.restock,
                write_off: line.write_off,
                reason: line.reason.map(Into::into),
            })
        };
        let location = self.location_id.as_ref();
        Ok(Inspect {
            id: id(&self.id)?,
            expected_version: self.expected_version.map(i64::from),
            location: location
                .map(|id| ids::input(id, "location", &["locationId"]))
                .transpose()?,
            lines: each(self.lines, line)?,
        })
    }
}

impl ReturnRefundInput {
    pub(super) fn read(self) -> Result<Refund, Refusal> {
        let line = |(index, line): (usize, ReturnRefundLineInput)| {
            Ok(RefundUnits {
                line: of_line(&line.line_id, "line of this return", index, "lineId")?,
                quantity: line.quantity,
            })
        };
        Ok(Refund {
            id: id(&self.id)?,
            expected_version: self.expected_version.map(i64::from),
            lines: self.lines.map(|lines| each(lines, line)).transpose()?,
            to: self.to.map(Into::into),
            fee: self.fee.map(|fee| fee.0),
            shipping: self.shipping,
            reason: self.reason,
            idempotency_key: self.idempotency_key,
        })
    }
}

impl ReturnExchangeInput {
    pub(super) fn read(self) -> Result<Exchange, Refusal> {
        let line = |(index, line): (usize, ReturnExchangeLineInput)| {
            Ok(ExchangeUnits {
                line: of_line(&line.line_id, "line of this return", index, "lineId")?,
                quantity: line.quantity,
                variant: of_line(&line.variant_id, "variant", index, "variantId")?,
            })
        };
        Ok(Exchange {
            id: id(&self.id)?,
            expected_version: self.expected_version.map(i64::from),
            lines: each(self.lines, line)?,
            to: self.to.into(),
            idempotency_key: self.idempotency_key,
        })
    }
}

fn each<I, T>(lines: Vec<I>, read: impl FnMut((usize, I)) -> Result<T, Refusal>) -> Result<Vec<T>, Refusal> {
    lines.into_iter().enumerate().map(read).collect()
}

/// An id that stands in one of the input's `lines`.
fn of_line<T: FromStr>(id: &str, what: &str, index: usize, field: &str) -> Result<T, Refusal> {
    ids::input(id, what, &["lines", &index.to_string(), field])
}

pub(super) fn id(id: &str) -> Result<ReturnId, Refusal> {
    ids::input(id, "return", &["id"])
}
