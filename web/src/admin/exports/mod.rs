//! `/admin/exports`: tables that leave the shop, and files of operations that came in, with how far they are.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminExportCancel, AdminExportStart, AdminExports, admin_export_cancel as cancel_document,
        admin_export_start as start_document, admin_export_start::ExportKind, admin_exports as document,
    },
    problem::Problem,
    shown::value,
    visit::Form,
};

/// What can be written, and what it takes.
const KINDS: [(&str, ExportKind, Permission); 7] = [
    ("PRODUCTS", ExportKind::Products, Permission::Catalog),
    ("ORDERS", ExportKind::Orders, Permission::Orders),
    ("CUSTOMERS", ExportKind::Customers, Permission::Customers),
    ("STOCK", ExportKind::Stock, Permission::Inventory),
    ("DISCOUNT_CODES", ExportKind::DiscountCodes, Permission::Catalog),
    ("DISCOUNT_USES", ExportKind::DiscountUses, Permission::Catalog),
    ("RETURNS", ExportKind::Returns, Permission::Orders),
];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told.done, None).await
}

/// `POST /admin/exports/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    let refusals = run(&staff, &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/exports?done={deed}"))),
    }
}

async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "start" => {
            let chosen = form.text("kind");
            let found = KINDS.into_iter().find(|(name, _, _)| *name == chosen);
            let (_, kind, permission) = found.ok_or(Problem::BadForm)?;
            staff.require(permission)?;
            let input = start_document::ExportStartInput {
                discount_id: None,
                kind,
            };
            deed::run(staff, AdminExportStart, start_document::Variables { input }).await
        }
        "cancel" => {
            let id = form.some("id").ok_or(Problem::BadForm)?;
            let input = cancel_document::ExportCancelInput { id };
            deed::run(staff, AdminExportCancel, cancel_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn page(staff: Staff, done: &str, refused: Option<Refused>) -> Answer {
    let kinds = KINDS.into_iter().filter(|(_, _, permission)| staff.may(*permission));
    let kinds: Vec<_> = kinds.map(|(name, _, _)| name).collect();
    let variables = document::Variables {
        jobs: staff.may(Permission::Jobs),
    };
    let data = staff.visit.ask(AdminExports, variables).await?;
    let done = deed::done(&staff, "admin.exports.done", done);
    let shown = context! {
        exports => value(&data.exports),
        imports => value(&data.bulk_operations),
        kinds => value(&kinds),
        done,
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/exports/page.html", shown)
}
