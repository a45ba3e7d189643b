//! Goods are taken back for a shopper who asks by phone or mail. The key of the form is made with its page.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::Typed,
    },
    documents::{
        AdminReturnRequest,
        admin_return_request::{self as document, ReturnReason, ReturnResolution},
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

pub async fn request(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let reason = form.text("why");
    let mut lines = Vec::new();
    for line_id in form.all("line") {
        let quantity = typed
            .number(&format!("{line_id}.back"))
            .filter(|quantity| *quantity != 0);
        lines.extend(quantity.map(|quantity| document::ReturnRequestLineInput {
            line_id,
            note: None,
            quantity,
            reason: ReturnReason::Other(reason.to_owned()),
        }));
    }
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let sent: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
    let input = document::ReturnRequestInput {
        access_token: None,
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        lines,
        note: form.some("note"),
        order_id,
        resolution: ReturnResolution::Other(form.some("resolution").unwrap_or_else(|| "REFUND".to_owned())),
    };
    let refused = deed::run(staff, AdminReturnRequest, document::Variables { input }).await?;
    let at_row = |refusal: Refusal| match refusal.place("lines").and_then(|place| sent.get(place)) {
        Some(line) => Refusal::said(refusal.message().to_owned(), &format!("{line}.back")),
        None => refusal,
    };
    Ok(refused.into_iter().map(at_row).collect())
}
