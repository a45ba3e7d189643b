//! What is done at the desk. Each asks for the version that was shown: a form that is sent twice takes goods in once.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::{Permission, Staff},
    },
    documents::{
        AdminReturnApprove, AdminReturnCancel, AdminReturnClose, AdminReturnExchange, AdminReturnInspect,
        AdminReturnReceive, AdminReturnRefund, AdminReturnRefuse, admin_return_approve as approve_document,
        admin_return_cancel as cancel_document, admin_return_close as close_document,
        admin_return_exchange::{self as exchange_document, RefundTo as ExchangeRefundTo},
        admin_return_inspect::{self as inspect_document, ReturnReason},
        admin_return_receive as receive_document,
        admin_return_refund::{self as refund_document, RefundTo},
        admin_return_refuse as refuse_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

pub async fn run(staff: &Staff, id: String, deed: &str, form: &Form) -> Outcome {
    if deed == "cancel" {
        let input = cancel_document::ReturnCancelInput { access_token: None, id };
        return deed::run(staff, AdminReturnCancel, cancel_document::Variables { input }).await;
    }
    let version = form.text("expectedVersion").parse::<i64>();
    let expected_version = Some(version.map_err(|_| Problem::BadForm)?);
    match deed {
        "approve" => {
            let input = approve_document::ReturnApproveInput {
                expected_version,
                id,
                instructions: form.some("instructions"),
                label_url: form.some("labelUrl"),
                location_id: form.some("locationId"),
            };
            deed::run(staff, AdminReturnApprove, approve_document::Variables { input }).await
        }
        "refuse" => {
            let input = refuse_document::ReturnRefuseInput {
                expected_version,
                id,
                reason: form.text("reason").to_owned(),
            };
            deed::run(staff, AdminReturnRefuse, refuse_document::Variables { input }).await
        }
        "receive" => receive(staff, id, expected_version, form).await,
        "inspect" => inspect(staff, id, expected_version, form).await,
        "refund" => {
            staff.require(Permission::Refunds)?;
            refund(staff, id, expected_version, form).await
        }
        "exchange" => {
            staff.require(Permission::Refunds)?;
            exchange(staff, id, expected_version, form).await
        }
        "close" => {
            let input = close_document::ReturnCloseInput { expected_version, id };
            deed::run(staff, AdminReturnClose, close_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// Of each line's field, called by what it is and the line's id, the units; one of which there are none is left out. What is
/// no number is none that the API takes.
fn units(form: &Form, name: &str, line: &str) -> i64 {
    form.some(&format!("{name}.{line}"))
        .map_or(0, |text| text.parse().unwrap_or(-1))
}

async fn receive(staff: &Staff, id: String, expected_version: Option<i64>, form: &Form) -> Outcome {
    let rows = form.all("line");
    let lines = rows.iter().map(|line_id| receive_document::ReturnReceiveLineInput {
        line_id: line_id.clone(),
        quantity: units(form, "came", line_id),
    });
    let lines: Vec<_> = lines.filter(|line| line.quantity != 0).collect();
    let sent: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
    let input = receive_document::ReturnReceiveInput {
        expected_version,
        id,
        lines: Some(lines),
    };
    let refused = deed::run(staff, AdminReturnReceive, receive_document::Variables { input }).await?;
    Ok(at_rows(refused, "came", &sent))
}

async fn inspect(staff: &Staff, id: String, expected_version: Option<i64>, form: &Form) -> Outcome {
    let rows = form.all("line");
    let lines = rows.iter().map(|line_id| inspect_document::ReturnInspectLineInput {
        line_id: line_id.clone(),
        reason: form.some(&format!("found.{line_id}")).map(ReturnReason::Other),
        restock: units(form, "restock", line_id),
        write_off: units(form, "writeOff", line_id),
    });
    let lines: Vec<_> = lines.filter(|line| line.restock != 0 || line.write_off != 0).collect();
    let sent: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
    let input = inspect_document::ReturnInspectInput {
        expected_version,
        id,
        lines,
        location_id: form.some("locationId"),
    };
    let refused = deed::run(staff, AdminReturnInspect, inspect_document::Variables { input }).await?;
    Ok(at_rows(refused, "restock", &sent))
}

async fn refund(staff: &Staff, id: String, expected_version: Option<i64>, form: &Form) -> Outcome {
    let input = refund_document::ReturnRefundInput {
        expected_version,
        fee: form.amount("fee"),
        id,
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        lines: None,
        reason: form.some("reason"),
        shipping: form.some("shipping").map(|answer| answer == "true"),
        to: form.some("to").map(RefundTo::Other),
    };
    deed::run(staff, AdminReturnRefund, refund_document::Variables { input }).await
}

/// Of each line the units that are exchanged, all of them for one variant.
async fn exchange(staff: &Staff, id: String, expected_version: Option<i64>, form: &Form) -> Outcome {
    let rows = form.all("line");
    let lines = rows.iter().map(|line_id| exchange_document::ReturnExchangeLineInput {
        line_id: line_id.clone(),
        quantity: units(form, "swap", line_id),
        variant_id: form.text(&format!("variant.{line_id}")).to_owned(),
    });
    let lines: Vec<_> = lines.filter(|line| line.quantity != 0).collect();
    let sent: Vec<_> = lines.iter().map(|line| line.line_id.clone()).collect();
    let input = exchange_document::ReturnExchangeInput {
        expected_version,
        id,
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        lines,
        to: ExchangeRefundTo::Other(form.some("to").unwrap_or_else(|| "ORIGINAL".to_owned())),
    };
    let refused = deed::run(staff, AdminReturnExchange, exchange_document::Variables { input }).await?;
    Ok(at_rows(refused, "swap", &sent))
}

/// What is said of a line that was sent, at its field in the table.
fn at_rows(refused: Vec<Refusal>, name: &str, sent: &[String]) -> Vec<Refusal> {
    let at_row = |refusal: Refusal| match refusal.place("lines").and_then(|place| sent.get(place)) {
        Some(line) => Refusal::said(refusal.message().to_owned(), &format!("{name}.{line}")),
        None => refusal,
    };
    refused.into_iter().map(at_row).collect()
}
