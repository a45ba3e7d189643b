//! Money that is taken and paid back. The key of a form is made with its page: however often it is sent, it counts once.

use super::parcels::{at_rows, units};
use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::Typed,
    },
    documents::{
        AdminOrderRefund, AdminPaymentCapture, AdminRefundConfirm,
        admin_order_refund::{self as document, RefundTo},
        admin_payment_capture as capture_document, admin_refund_confirm as confirm_document,
    },
    problem::Problem,
    visit::Form,
};

pub async fn capture(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = capture_document::PaymentCaptureInput {
        amount: form.amount("amount"),
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        order_id,
    };
    deed::run(staff, AdminPaymentCapture, capture_document::Variables { input }).await
}

/// Some units and shipping, for what was paid for them, or an amount.
pub async fn refund(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    // Of each line the units that go back, and for how much where it is less than was paid.
    let line = |(line_id, quantity): (String, i64)| document::RefundLineInput {
        amount: form.amount(&format!("{line_id}.amount")),
        line_id,
        quantity,
    };
    let lines: Vec<_> = units(&mut typed, form).into_iter().map(line).collect();
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let rows: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
    let input = document::OrderRefundInput {
        amount: form.amount("amount"),
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        lines,
        order_id,
        reason: form.some("reason"),
        shipping: form
            .field("shipping")
            .map(|_| document::RefundShippingInput { amount: None }),
        to: form.some("to").map(RefundTo::Other),
    };
    let refused = deed::run(staff, AdminOrderRefund, document::Variables { input }).await?;
    Ok(at_rows(refused, &rows))
}

pub async fn confirm(staff: &Staff, form: &Form) -> Outcome {
    let refund_id = form.some("refundId").ok_or(Problem::BadForm)?;
    let input = confirm_document::RefundConfirmInput { refund_id };
    deed::run(staff, AdminRefundConfirm, confirm_document::Variables { input }).await
}
