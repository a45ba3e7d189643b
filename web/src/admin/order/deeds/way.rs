//! An order's way out of the house.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
    },
    documents::{
        AdminOrderCancel, AdminOrderComplete, AdminOrderDispatch, admin_order_cancel as cancel_document,
        admin_order_complete as complete_document, admin_order_dispatch as dispatch_document,
    },
    visit::Form,
};

pub async fn dispatch(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = dispatch_document::OrderDispatchInput {
        carrier: form.some("carrier"),
        order_id,
        tracking_number: form.some("trackingNumber"),
        tracking_url: form.some("trackingUrl"),
    };
    deed::run(staff, AdminOrderDispatch, dispatch_document::Variables { input }).await
}

pub async fn complete(staff: &Staff, order_id: String) -> Outcome {
    let input = complete_document::OrderCompleteInput { order_id };
    deed::run(staff, AdminOrderComplete, complete_document::Variables { input }).await
}

pub async fn cancel(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let input = cancel_document::OrderCancelInput {
        access_token: None,
        order_id,
        reason: form.some("reason"),
    };
    deed::run(staff, AdminOrderCancel, cancel_document::Variables { input }).await
}
