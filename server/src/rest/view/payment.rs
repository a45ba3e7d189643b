use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::{ToSchema, openapi::ObjectBuilder};
use vitrine_commerce::{language::Language, money::Currency, payments};
use vitrine_entity::{
    capture::{self, CaptureStatus},
    payment::{self, CaptureMode, PaymentStatus},
    refund::{self, RefundStatus},
};

use super::{MoneyView, action::ActionView, status, status_schema};
use crate::rest::problem::kind::Kind;

/// An attempt to be paid for an order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Payment)]
pub(in crate::rest) struct PaymentView {
    /// Names the attempt.
    #[schema(example = "pay_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    #[schema(schema_with = payment_status)]
    status: String,
    /// The payment method, by the name of who takes it.
    #[schema(example = "stripe")]
    method: String,
    #[schema(schema_with = capture_mode)]
    capture_mode: String,
    /// How much is to be paid.
    amount: MoneyView,
    /// How much of it the shop has.
    captured_amount: MoneyView,
    /// How much of that was paid back.
    refunded_amount: MoneyView,
    /// When money that is merely held is released by itself.
    capture_before: Option<DateTime<Utc>>,
    /// Why it was declined, in the provider's code.
    #[schema(example = "insufficient_funds")]
    decline_code: Option<String>,
    /// What stands in the way of it.
    problem: Option<PaymentProblemView>,
    /// What the shopper must do now.
    action: Option<ActionView>,
    /// What was asked to be taken of what is held, oldest first.
    captures: Vec<CaptureView>,
}

/// What stands in the way of a payment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PaymentProblem)]
pub(in crate::rest) struct PaymentProblemView {
    /// Stable: branch on it. `/problems/…` explains each.
    #[schema(example = "PAYMENT_ACTION_REQUIRED")]
    code: &'static str,
    /// In a sentence for the shopper.
    message: String,
}

/// Money of a payment on its way to the shop.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Capture)]
pub(in crate::rest) struct CaptureView {
    /// Names the capture.
    #[schema(example = "cap_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// How much.
    amount: MoneyView,
    #[schema(schema_with = capture_status)]
    status: String,
    /// When it was asked for.
    created_at: DateTime<Utc>,
}

/// Money on its way back.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Refund)]
pub(in crate::rest) struct RefundView {
    /// Names the refund.
    #[schema(example = "rfd_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// How much.
    amount: MoneyView,
    /// Why, as staff gave it.
    reason: String,
    #[schema(schema_with = refund_status)]
    status: String,
    /// When it was asked for.
    created_at: DateTime<Utc>,
}

impl PaymentView {
    pub(in crate::rest) fn new(row: &payment::Model, captures: &[capture::Model], language: &Language) -> Self {
        let money = |minor| MoneyView::new(minor, row.currency);
        let captures = captures.iter().map(|capture| CaptureView::new(capture, row.currency));
        Self {
            id: row.id.to_string(),
            status: status(&row.status),
            method: row.provider.clone(),
            capture_mode: status(&row.capture_mode),
            amount: money(row.amount_minor),
            captured_amount: money(row.captured_minor),
            refunded_amount: money(row.refunded_minor),
            capture_before: row.capture_before,
            decline_code: row.decline_code.clone(),
            problem: payments::problem(row).map(|problem| PaymentProblemView {
                code: <&Kind>::from(problem.code).code,
                message: language.say(&problem.message),
            }),
            action: ActionView::of(row),
            captures: captures.collect(),
        }
    }
}

impl CaptureView {
    pub(in crate::rest) fn new(row: &capture::Model, currency: Currency) -> Self {
        Self {
            id: row.id.to_string(),
            amount: MoneyView::new(row.amount_minor, currency),
            status: status(&row.status),
            created_at: row.created_at,
        }
    }
}

impl RefundView {
    pub(in crate::rest) fn new(row: &refund::Model, currency: Currency) -> Self {
        Self {
            id: row.id.to_string(),
            amount: MoneyView::new(row.amount_minor, currency),
            reason: payments::RefundReason::of(row).words().to_owned(),
            status: status(&row.status),
            created_at: row.created_at,
        }
    }
}

fn payment_status() -> ObjectBuilder {
    status_schema::<PaymentStatus>(
        "`CREATED`: recorded, and not sent yet. `UNKNOWN`: sent, and its outcome is being looked up. \
         `ACTION_REQUIRED`: see `action`. `PENDING`: the provider is still at it. `AUTHORIZED`: the money is held. \
         `CAPTURED`: the money is the shop's. `DECLINED`: see `declineCode`. `VOIDED`: given up before any money moved. \
         `REFUNDED`: all of it was paid back.",
    )
}

fn capture_mode() -> ObjectBuilder {
    status_schema::<CaptureMode>(
        "When the money is taken. `AT_ONCE`: with the order. `ON_DISPATCH`: when the goods go on their way. \
         `BY_STAFF`: when staff say that it has come.",
    )
}

fn capture_status() -> ObjectBuilder {
    status_schema::<CaptureStatus>("`REQUESTED`: under way. `SUCCEEDED`: the money is the shop's. `FAILED`: it is not.")
}

fn refund_status() -> ObjectBuilder {
    status_schema::<RefundStatus>(
        "`REQUESTED`: under way. `SUCCEEDED`: the money is back. `FAILED`: it is not, and staff look at it.",
    )
}
