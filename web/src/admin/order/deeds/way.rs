//! An order's way out of the house.

use super::parcels::{at_rows, pack, units};
use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::Typed,
    },
    documents::{
        AdminOrderCancel, AdminOrderComplete, AdminOrderDispatch, admin_order_cancel as cancel_document,
        admin_order_complete as complete_document, admin_order_dispatch as dispatch_document,
    },
    refusals::Refusal,
    visit::Form,
};

pub async fn dispatch(staff: &Staff, order_id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let units = units(&mut typed, form);
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let quantity_of = |line: &String| format!("{line}.quantity");
    let asked = form
        .all("line")
        .iter()
        .map(quantity_of)
        .find(|name| form.field(name).is_some());
    if let Some(name) = asked.as_ref().filter(|_| units.is_empty()) {
        return Ok(vec![Refusal::said(staff.visit.say("admin.parcel.no_units"), name)]);
    }
    // Whoever was not asked for units sends all that is left.
    let units = Some(units).filter(|_| asked.is_some());
    if form.some("when").as_deref() == Some("LATER") {
        return pack(staff, order_id, form, units).await;
    }
    let rows: Vec<_> = units.iter().flatten().map(|(line, _)| line.clone()).collect();
    let lines = units.map(|units| {
        let line = |(line_id, quantity)| dispatch_document::ShipmentLineInput { line_id, quantity };
        units.into_iter().map(line).collect()
    });
    let input = dispatch_document::OrderDispatchInput {
        carrier: form.some("carrier"),
        idempotency_key: form.some("key"),
        lines,
        location_id: form.some("locationId"),
        order_id,
        tracking_number: form.some("trackingNumber"),
        tracking_url: form.some("trackingUrl"),
    };
    let refused = deed::run(staff, AdminOrderDispatch, dispatch_document::Variables { input }).await?;
    Ok(at_rows(refused, &rows))
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
