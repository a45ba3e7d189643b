//! `/admin/payments`: attempts to be paid, how the providers are doing, and where our books and theirs differ.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::{Asked, is_day},
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminCompare, AdminCreditFindingDismiss, AdminCreditFindingRepair, AdminFindingDismiss, AdminFindingRepair,
        AdminPayments, admin_compare as compare_document, admin_credit_finding_dismiss as credit_document,
        admin_credit_finding_repair::{self as credit_repair_document, CreditFindingRight},
        admin_finding_dismiss as dismiss_document, admin_finding_repair as repair_document, admin_payments as document,
        admin_payments::PaymentStatus,
    },
    problem::Problem,
    refusals::Refusal,
    shown::value,
    visit::Form,
};

const STATUSES: [(&str, PaymentStatus); 9] = [
    ("UNKNOWN", PaymentStatus::Unknown),
    ("CREATED", PaymentStatus::Created),
    ("ACTION_REQUIRED", PaymentStatus::ActionRequired),
    ("PENDING", PaymentStatus::Pending),
    ("AUTHORIZED", PaymentStatus::Authorized),
    ("CAPTURED", PaymentStatus::Captured),
    ("DECLINED", PaymentStatus::Declined),
    ("VOIDED", PaymentStatus::Voided),
    ("REFUNDED", PaymentStatus::Refunded),
];

const ASKED: [&str; 2] = ["status", "provider"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    page(staff, &asked, &told.done, None).await
}

/// `POST /admin/payments/{deed}`: what is done with a finding.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Payments)?;
    let refusals = run(&staff, &deed, &form).await?;
    if refusals.is_empty() {
        return Ok(staff.visit.go(&format!("/admin/payments?done={deed}")));
    }
    let name = match form.some("findingId") {
        Some(id) => format!("{deed}-{id}"),
        None => deed,
    };
    let refused = Refused::of(&staff, &name, &form, &refusals);
    let asked = Asked::of("/admin/payments", "", &ASKED);
    page(staff, &asked, "", Some(refused)).await
}

async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    let finding_id = form.text("findingId").to_owned();
    match deed {
        "compare" => {
            // From midnight to midnight, so that the last day is none of them.
            let at = |name: &str| format!("{}T00:00:00Z", form.text(name));
            let input = compare_document::ReconciliationStartInput {
                provider: form.text("provider").to_owned(),
                since: at("since"),
                until: at("until"),
            };
            if !is_day(form.text("since")) || !is_day(form.text("until")) {
                return Ok(vec![Refusal::at("INVALID", "since")]);
            }
            deed::run(staff, AdminCompare, compare_document::Variables { input }).await
        }
        "repair" => {
            let input = repair_document::ReconciliationFindingRepairInput { finding_id };
            deed::run(staff, AdminFindingRepair, repair_document::Variables { input }).await
        }
        "dismiss" => {
            let reason = form.text("reason").to_owned();
            let input = dismiss_document::ReconciliationFindingDismissInput { finding_id, reason };
            deed::run(staff, AdminFindingDismiss, dismiss_document::Variables { input }).await
        }
        "credit-dismiss" => {
            let reason = form.text("reason").to_owned();
            let input = credit_document::CreditFindingDismissInput { finding_id, reason };
            deed::run(staff, AdminCreditFindingDismiss, credit_document::Variables { input }).await
        }
        "credit-repair" => {
            let input = credit_repair_document::CreditFindingRepairInput {
                account_id: form.some("accountId"),
                finding_id,
                reason: form.text("reason").to_owned(),
                right: match form.text("right") {
                    "ENTRIES" => CreditFindingRight::Entries,
                    _ => CreditFindingRight::Noted,
                },
            };
            deed::run(
                staff,
                AdminCreditFindingRepair,
                credit_repair_document::Variables { input },
            )
            .await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn page(staff: Staff, asked: &Asked, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Payments)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::PaymentWhere {
            capturable_before: None,
            order_id: None,
            provider: asked.some("provider"),
            status: asked.kind("status", &STATUSES),
        }),
    };
    let data = staff.visit.ask(AdminPayments, variables).await?;
    let payments = data.payments.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.payments.done", done);
    let shown = context! {
        payments => value(payments),
        providers => value(&data.payment_providers),
        findings => value(&data.reconciliation_findings),
        credit_findings => value(&data.credit_findings),
        reconciliations => value(&data.reconciliations),
        since => staff.visit.site.api().day(7),
        until => staff.visit.site.api().day(0),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        asked => asked.shown(),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/payments/page.html", shown)
}
