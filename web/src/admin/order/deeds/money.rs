//! Money that is taken and paid back. The key of a form is made with its page: however often it is sent, it counts once.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::Typed,
    },
    documents::{
        AdminOrderRefund, AdminPaymentCapture, AdminPaymentRefund, AdminRefundConfirm,
        admin_order_refund::{self as refund_document, RefundTo},
        admin_payment_capture as capture_document, admin_payment_refund as units_document,
        admin_refund_confirm as confirm_document,
    },
    problem::Problem,
    refusals::Refusal,
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

/// Some units, for what was paid for them, or an amount.
pub async fn refund(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let lines = units(&mut typed, form);
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    if !lines.is_empty() {
        return refund_units(staff, order_id, form, lines).await;
    }
    let input = refund_document::OrderRefundInput {
        amount: form.amount("amount"),
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        order_id,
        reason: form.some("reason"),
        to: form.some("to").map(RefundTo::Other),
    };
    deed::run(staff, AdminOrderRefund, refund_document::Variables { input }).await
}

async fn refund_units(
    staff: &Staff,
    order_id: String,
    form: &Form,
    lines: Vec<units_document::RefundLineInput>,
) -> Outcome {
    let rows: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
    let input = units_document::PaymentRefundInput {
        amount: form.amount("amount"),
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        lines,
        order_id,
        reason: form.some("reason"),
    };
    let refused = deed::run(staff, AdminPaymentRefund, units_document::Variables { input }).await?;
    Ok(at_rows(refused, &rows))
}

/// What is said of a line that was sent, at its row of the form, which has those that were not.
fn at_rows(refused: Vec<Refusal>, rows: &[String]) -> Vec<Refusal> {
    let at_row = |refusal: Refusal| match refusal.place("lines").and_then(|place| rows.get(place)) {
        Some(row) => Refusal::said(refusal.message().to_owned(), &format!("{row}.quantity")),
        None => refusal,
    };
    refused.into_iter().map(at_row).collect()
}

/// Of each line the units that go back; a line without any is left out.
fn units(typed: &mut Typed<'_>, form: &Form) -> Vec<units_document::RefundLineInput> {
    let rows = form.all("line");
    let lines = rows.iter().filter_map(|line_id| {
        let quantity = typed.number(&format!("{line_id}.quantity"))?;
        Some(units_document::RefundLineInput {
            line_id: line_id.clone(),
            quantity,
        })
    });
    lines.filter(|line| line.quantity != 0).collect()
}

pub async fn confirm(staff: &Staff, form: &Form) -> Outcome {
    let refund_id = form.some("refundId").ok_or(Problem::BadForm)?;
    let input = confirm_document::RefundConfirmInput { refund_id };
    deed::run(staff, AdminRefundConfirm, confirm_document::Variables { input }).await
}
