//! What staff decide of a statement.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
    },
    documents::{
        AdminWithdrawalAccept, AdminWithdrawalMatch, AdminWithdrawalOrder, AdminWithdrawalRefuse,
        admin_withdrawal_accept as accept_document, admin_withdrawal_match as match_document,
        admin_withdrawal_order as order_document, admin_withdrawal_refuse as refuse_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

pub async fn run(staff: &Staff, id: String, deed: &str, form: &Form) -> Outcome {
    if deed == "match" {
        return match_order(staff, id, form).await;
    }
    let version = form.text("expectedVersion").parse::<i64>();
    let expected_version = Some(version.map_err(|_| Problem::BadForm)?);
    match deed {
        "accept" => {
            let rows = form.all("line");
            let lines = rows.iter().map(|line_id| accept_document::WithdrawalLineInput {
                line_id: line_id.clone(),
                quantity: units(form, line_id),
            });
            let lines: Vec<_> = lines.filter(|line| line.quantity != 0).collect();
            let sent: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
            let input = accept_document::WithdrawalAcceptInput {
                expected_version,
                id,
                lines: (!lines.is_empty()).then_some(lines),
            };
            let refused = deed::run(staff, AdminWithdrawalAccept, accept_document::Variables { input }).await?;
            Ok(refused.into_iter().map(|refusal| at_row(refusal, &sent)).collect())
        }
        "refuse" => {
            let input = refuse_document::WithdrawalRefuseInput {
                expected_version,
                id,
                reason: form.text("reason").to_owned(),
            };
            deed::run(staff, AdminWithdrawalRefuse, refuse_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// The units of a line; what is no number is none that the API takes.
fn units(form: &Form, line: &str) -> i64 {
    form.some(&format!("units.{line}"))
        .map_or(0, |text| text.parse().unwrap_or(-1))
}

fn at_row(refusal: Refusal, sent: &[String]) -> Refusal {
    match refusal.place("lines").and_then(|place| sent.get(place)) {
        Some(line) => Refusal::said(refusal.message().to_owned(), &format!("units.{line}")),
        None => refusal,
    }
}

/// Staff type the order's number.
async fn match_order(staff: &Staff, id: String, form: &Form) -> Outcome {
    let number = form.text("orderNumber").to_owned();
    let variables = order_document::Variables { number };
    let found = staff.visit.ask(AdminWithdrawalOrder, variables).await?.order_by_number;
    let Some(order) = found else {
        let message = staff.visit.say("admin.withdrawals.no_order");
        return Ok(vec![Refusal::said(message, "orderNumber")]);
    };
    let input = match_document::WithdrawalMatchInput { id, order_id: order.id };
    deed::run(staff, AdminWithdrawalMatch, match_document::Variables { input }).await
}
