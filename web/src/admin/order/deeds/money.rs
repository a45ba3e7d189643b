//! Money that is taken and paid back. The key of a form is made with its page: however often it is sent, it counts once.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
    },
    documents::{
        AdminPaymentCapture, AdminPaymentRefund, AdminRefundConfirm, admin_payment_capture as capture_document,
        admin_payment_refund as refund_document, admin_refund_confirm as confirm_document,
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

pub async fn refund(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = refund_document::PaymentRefundInput {
        amount: form.amount("amount"),
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        lines: Vec::new(),
        order_id,
        reason: form.some("reason"),
    };
    deed::run(staff, AdminPaymentRefund, refund_document::Variables { input }).await
}

pub async fn confirm(staff: &Staff, form: &Form) -> Outcome {
    let refund_id = form.some("refundId").ok_or(Problem::BadForm)?;
    let input = confirm_document::RefundConfirmInput { refund_id };
    deed::run(staff, AdminRefundConfirm, confirm_document::Variables { input }).await
}
