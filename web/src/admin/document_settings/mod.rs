//! `/admin/settings/documents`: how invoices and other documents are made, and what the seller says of itself on them.

use axum::extract::Query;
use minijinja::context;

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
    typed::version,
};
use crate::{
    answer::Answer,
    documents::{
        AdminDocumentSettings, AdminDocumentSettingsSave, admin_document_settings as document,
        admin_document_settings_save as save_document, admin_document_settings_save::InvoiceAt,
    },
    problem::Problem,
    refusals::Refusal,
    shown::value,
    visit::Form,
};

/// What the seller says of itself: nothing where a field is empty.
const SELLER: [&str; 11] = [
    "legalName",
    "taxNumber",
    "register",
    "registrationNumber",
    "managers",
    "phone",
    "bankName",
    "iban",
    "bic",
    "zeroTaxReason",
    "footer",
];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    page(staff, &told.done, None).await
}

/// `POST /admin/settings/documents`.
pub async fn act(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = save(&staff, &form).await?;
    match Refused::any(&staff, "documents", &form, &refusals) {
        Some(refused) => page(staff, "", Some(refused)).await,
        None => Ok(staff.visit.go("/admin/settings/documents?done=shop")),
    }
}

async fn page(staff: Staff, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Settings)?;
    let data = staff.visit.ask(AdminDocumentSettings, document::Variables {}).await?;
    let settings = data.document_settings.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        settings => value(settings),
        done => deed::done(&staff, "admin.settings.done", done),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/document_settings/page.html", shown)
}

async fn save(staff: &Staff, form: &Form) -> Outcome {
    let said = |name: &str| form.some(name);
    let is = |name: &str| form.some(name).map(|answer| answer == "true");
    let seller = save_document::DocumentSellerInput {
        bank_name: said("bankName"),
        bic: said("bic"),
        footer: said("footer"),
        iban: said("iban"),
        legal_name: said("legalName"),
        managers: said("managers"),
        phone: said("phone"),
        register: said("register"),
        registration_number: said("registrationNumber"),
        tax_number: said("taxNumber"),
        zero_tax_reason: said("zeroTaxReason"),
    };
    let input = save_document::DocumentSettingsUpdateInput {
        credit_note_prefix: said("creditNotePrefix"),
        delivery_note_prefix: said("deliveryNotePrefix"),
        delivery_notes: is("deliveryNotes"),
        expected_version: version(form),
        invoice_at: said("invoiceAt").map(InvoiceAt::Other),
        invoice_prefix: said("invoicePrefix"),
        kept_years: said("keptYears").map(|years| years.parse().unwrap_or_default()),
        mailed: is("mailed"),
        numbered_by_year: is("numberedByYear"),
        seller: Some(seller),
    };
    let empty = SELLER.iter().filter(|name| form.text(name).is_empty());
    let nulls: Vec<String> = empty.map(|name| format!("/input/seller/{name}")).collect();
    let variables = save_document::Variables { input };
    let refused = deed::run_with_nulls(staff, AdminDocumentSettingsSave, variables, &nulls).await?;
    Ok(refused.into_iter().map(at_field).collect())
}

/// The form has what the seller says beside the rest.
fn at_field(refusal: Refusal) -> Refusal {
    SELLER
        .iter()
        .fold(refusal, |refusal, name| refusal.called(&["seller", *name], name))
}
