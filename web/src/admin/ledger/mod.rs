//! `/admin/payments/ledger`: each request to a payment provider, each answer, webhook and decision.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminLedger, admin_ledger as document, admin_ledger::PaymentEntryKind},
    problem::Problem,
    shown::value,
};

const KINDS: [(&str, PaymentEntryKind); 4] = [
    ("REQUEST", PaymentEntryKind::Request),
    ("ANSWER", PaymentEntryKind::Answer),
    ("WEBHOOK", PaymentEntryKind::Webhook),
    ("DECISION", PaymentEntryKind::Decision),
];

const ASKED: [&str; 3] = ["kind", "order", "payment"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Payments)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::PaymentEntryWhere {
            kind: asked.kind("kind", &KINDS),
            order_id: asked.some("order"),
            payment_id: asked.some("payment"),
            since: None,
            until: None,
        }),
    };
    let data = staff.visit.ask(AdminLedger, variables).await?;
    let entries = data.payment_entries.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        entries => value(entries),
        kinds => value(&KINDS.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/ledger/page.html", shown)
}
