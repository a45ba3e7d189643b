//! Something was wrong with goods, and nobody sends them back. The key of the form is made with its page.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::Typed,
    },
    documents::{
        AdminOrderClaim,
        admin_order_claim::{self as document, OrderClaimKind, OrderClaimReason},
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

pub async fn settle(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let mut lines = Vec::new();
    for line_id in form.all("line") {
        let quantity = typed
            .number(&format!("{line_id}.wrong"))
            .filter(|quantity| *quantity != 0);
        lines.extend(quantity.map(|quantity| document::OrderClaimLineInput { line_id, quantity }));
    }
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let sent: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
    let input = document::OrderClaimCreateInput {
        again: form.some("again").is_some(),
        amount: form.amount("amount"),
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        kind: OrderClaimKind::Other(form.text("kind").to_owned()),
        lines,
        note: form.some("note"),
        order_id,
        reason: OrderClaimReason::Other(form.text("why").to_owned()),
    };
    let refused = deed::run(staff, AdminOrderClaim, document::Variables { input }).await?;
    let at_row = |refusal: Refusal| match refusal.place("lines").and_then(|place| sent.get(place)) {
        Some(line) => Refusal::said(refusal.message().to_owned(), &format!("{line}.wrong")),
        None => refusal,
    };
    Ok(refused.into_iter().map(at_row).collect())
}
