//! `/dev/parcels/simulated/{number}`: has the simulated carrier tell where the parcel with this number is.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use vitrine_adapters::carrier::SimulatedCarrier;
use vitrine_commerce::{
    Context, Shop,
    fulfilment::parcels::{self, CarrierWebhookRefused},
    ports::carrier::CarrierEvent,
};
use vitrine_edge::error::log_fault;
use vitrine_entity::shipment_event::ShipmentEventKind;

use super::html::{escape, page};

/// What it may tell, and what the button for it says.
const TOLD: [(ShipmentEventKind, &str); 6] = [
    (ShipmentEventKind::LabelMade, "Label made"),
    (ShipmentEventKind::InTransit, "In transit"),
    (ShipmentEventKind::OutForDelivery, "Out for delivery"),
    (ShipmentEventKind::DeliveryFailed, "Delivery failed"),
    (ShipmentEventKind::Delivered, "Delivered"),
    (ShipmentEventKind::Returned, "Returned to the sender"),
];

#[derive(Clone)]
struct Desk {
    shop: Shop,
    carrier: Arc<SimulatedCarrier>,
}

pub fn routes(shop: Shop, carrier: Arc<SimulatedCarrier>) -> Router {
    Router::new()
        .route("/dev/parcels/simulated/{number}", get(show).post(tell))
        .with_state(Desk { shop, carrier })
}

async fn show(Path(number): Path<String>) -> Response {
    let buttons = TOLD.iter().enumerate().map(|(place, (_, name))| {
        format!(
            "<button class=\"quiet\" name=\"told\" value=\"{place}\">{}</button>",
            escape(name)
        )
    });
    let body = format!(
        "<p>What does the simulated carrier tell of the parcel <strong>{}</strong>?</p><form method=\"post\">{}</form>",
        escape(&number),
        buttons.collect::<String>()
    );
    page("Where is the parcel?", &body)
}

#[derive(Deserialize)]
struct Answer {
    told: usize,
}

async fn tell(State(desk): State<Desk>, Path(number): Path<String>, Form(answer): Form<Answer>) -> Response {
    let Some((kind, _)) = TOLD.get(answer.told) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let (shop, now) = (&desk.shop, desk.shop.now());
    let event = CarrierEvent {
        key: shop.new_id().to_string(),
        number: number.clone(),
        kind: *kind,
        happened_at: now,
        message: None,
        place: None,
    };
    let (headers, body) = desk.carrier.tell(&[event], now);
    let context = Context::system(shop, "simulated-carrier");
    match parcels::webhook(shop, &context, "simulated", &headers, &body).await {
        Ok(()) => show(Path(number)).await,
        Err(CarrierWebhookRefused::Fault(error)) => {
            log_fault(&error);
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}
