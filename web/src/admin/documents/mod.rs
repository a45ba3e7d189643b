//! `/admin/documents`: invoices, credit notes and delivery notes, and all of a period in one file.

use minijinja::context;

use super::{
    asked::{Asked, is_day},
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminDocuments, admin_documents as document, admin_documents::DocumentKind},
    problem::Problem,
    shown::value,
};

const KINDS: [(&str, DocumentKind); 3] = [
    ("INVOICE", DocumentKind::Invoice),
    ("CREDIT_NOTE", DocumentKind::CreditNote),
    ("DELIVERY_NOTE", DocumentKind::DeliveryNote),
];

const ASKED: [&str; 4] = ["q", "kind", "from", "to"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let day = |name| asked.some(name).filter(|day| is_day(day));
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::DocumentWhere {
            issued_from: day("from"),
            issued_to: day("to"),
            kind: asked.kind("kind", &KINDS),
            number: asked.some("q"),
        }),
    };
    let data = staff.visit.ask(AdminDocuments, variables).await?;
    let documents = data.documents.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        documents => value(documents),
        archive => data.document_archive_url,
        kinds => value(&KINDS.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/documents/page.html", shown)
}
