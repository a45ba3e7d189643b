//! What is put right: where mails and goods go, and what is sent again.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::version,
    },
    documents::{
        AdminOrderAddress, AdminOrderContact, AdminOrderDocuments, AdminOrderDownloads, AdminOrderMail, AdminOrderSms,
        admin_order_address as address_document, admin_order_contact as contact_document,
        admin_order_documents as documents_document, admin_order_downloads as downloads_document,
        admin_order_mail as mail_document, admin_order_sms as sms_document,
    },
    postal,
    problem::Problem,
    visit::Form,
};

/// An empty telephone number takes it away.
pub async fn contact(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = contact_document::OrderContactUpdateInput {
        email: form.some("email"),
        expected_version: version(form),
        order_id,
        phone: Some(form.text("phone").to_owned()),
    };
    deed::run(staff, AdminOrderContact, contact_document::Variables { input }).await
}

pub async fn address(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = address_document::OrderShippingAddressUpdateInput {
        expected_version: version(form),
        order_id,
        shipping_address: postal::input!(form, address_document),
    };
    deed::run(staff, AdminOrderAddress, address_document::Variables { input }).await
}

pub async fn mail(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = mail_document::OrderMailResendInput {
        event_number: form.text("eventNumber").parse().map_err(|_| Problem::BadForm)?,
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        order_id,
    };
    deed::run(staff, AdminOrderMail, mail_document::Variables { input }).await
}

pub async fn sms(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = sms_document::OrderSmsResendInput {
        event_number: form.text("eventNumber").parse().map_err(|_| Problem::BadForm)?,
        idempotency_key: form.some("key").ok_or(Problem::BadForm)?,
        order_id,
    };
    deed::run(staff, AdminOrderSms, sms_document::Variables { input }).await
}

/// All of them.
pub async fn downloads(staff: &Staff, order_id: String) -> Outcome {
    let input = downloads_document::OrderDownloadRenewInput {
        download_id: None,
        expected_version: None,
        order_id,
    };
    deed::run(staff, AdminOrderDownloads, downloads_document::Variables { input }).await
}

/// Its invoice, and whatever else is due.
pub async fn documents(staff: &Staff, order_id: String) -> Outcome {
    let input = documents_document::OrderDocumentsMakeInput { order_id };
    deed::run(staff, AdminOrderDocuments, documents_document::Variables { input }).await
}
