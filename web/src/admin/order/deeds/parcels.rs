//! Parcels that stand ready or are on their way.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, nulls},
    },
    documents::{
        AdminParcelCancel, AdminParcelEvent, AdminParcelPack, AdminParcelSend, AdminParcelUpdate,
        admin_parcel_cancel as cancel_document,
        admin_parcel_event::{self as event_document, ShipmentEventKind},
        admin_parcel_pack as pack_document, admin_parcel_send as send_document, admin_parcel_update as update_document,
    },
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// Units of lines, as the form has them: of each line how many.
pub fn units(typed: &mut Typed<'_>, form: &Form) -> Vec<(String, i64)> {
    let rows = form.all("line").into_iter().filter_map(|line_id| {
        let quantity = typed.number(&format!("{line_id}.quantity"))?;
        Some((line_id, quantity))
    });
    rows.filter(|(_, quantity)| *quantity != 0).collect()
}

/// What is said of a line that was sent, at its row of the form, which has those that were not.
pub fn at_rows(refused: Vec<Refusal>, rows: &[String]) -> Vec<Refusal> {
    let at_row = |refusal: Refusal| match refusal.place("lines").and_then(|place| rows.get(place)) {
        Some(row) => {
            let field = if refusal.name() == "amount" {
                "amount"
            } else {
                "quantity"
            };
            Refusal::said(refusal.message().to_owned(), &format!("{row}.{field}"))
        }
        None => refusal,
    };
    refused.into_iter().map(at_row).collect()
}

/// A parcel that stands ready until it is sent.
pub async fn pack(staff: &Staff, order_id: String, form: &Form, lines: Option<Vec<(String, i64)>>) -> Outcome {
    let rows: Vec<_> = lines.iter().flatten().map(|(line, _)| line.clone()).collect();
    let lines = lines.map(|lines| {
        let line = |(line_id, quantity)| pack_document::ShipmentLineInput { line_id, quantity };
        lines.into_iter().map(line).collect()
    });
    let tracking = form
        .some("trackingNumber")
        .map(|number| pack_document::ShipmentTrackingInput {
            carrier: None,
            number,
            url: form.some("trackingUrl"),
        });
    let input = pack_document::ShipmentCreateInput {
        carrier: form.some("carrier"),
        dispatch: false,
        idempotency_key: form.some("key"),
        lines,
        location_id: form.some("locationId"),
        order_id,
        package: None,
        trackings: tracking.map(|tracking| vec![tracking]),
    };
    let refused = deed::run(staff, AdminParcelPack, pack_document::Variables { input }).await?;
    Ok(at_rows(refused, &rows))
}

pub async fn send(staff: &Staff, form: &Form) -> Outcome {
    let shipment_id = form.some("id").ok_or(Problem::BadForm)?;
    let input = send_document::ShipmentDispatchInput { shipment_id };
    deed::run(staff, AdminParcelSend, send_document::Variables { input }).await
}

pub async fn cancel(staff: &Staff, form: &Form) -> Outcome {
    let shipment_id = form.some("id").ok_or(Problem::BadForm)?;
    let input = cancel_document::ShipmentCancelInput { shipment_id };
    deed::run(staff, AdminParcelCancel, cancel_document::Variables { input }).await
}

/// Each line of the field is a number, and where there is one, its link.
pub async fn update(staff: &Staff, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let version = typed.number("version");
    let package = update_document::ShipmentPackageInput {
        height_mm: typed.number("heightMm"),
        length_mm: typed.number("lengthMm"),
        weight_grams: typed.number("weightGrams"),
        width_mm: typed.number("widthMm"),
    };
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let numbers = form
        .text("numbers")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let trackings = numbers.map(|line| {
        let is_link = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
        let url = line.split_whitespace().find(is_link);
        update_document::ShipmentTrackingInput {
            carrier: None,
            number: line
                .split_whitespace()
                .filter(|word| !is_link(word))
                .collect::<Vec<_>>()
                .join(" "),
            url: url.map(str::to_owned),
        }
    });
    let input = update_document::ShipmentUpdateInput {
        carrier: form.some("carrier"),
        expected_version: version,
        package: Some(package),
        shipment_id: form.some("id").ok_or(Problem::BadForm)?,
        trackings: Some(trackings.collect()),
    };
    let variables = update_document::Variables { input };
    deed::run_with_nulls(staff, AdminParcelUpdate, variables, &nulls(form, &["carrier"])).await
}

pub async fn say(staff: &Staff, form: &Form) -> Outcome {
    let input = event_document::ShipmentEventAddInput {
        happened_at: None,
        kind: ShipmentEventKind::Other(form.some("kind").ok_or(Problem::BadForm)?),
        message: form.some("message"),
        shipment_id: form.some("id").ok_or(Problem::BadForm)?,
    };
    deed::run(staff, AdminParcelEvent, event_document::Variables { input }).await
}
