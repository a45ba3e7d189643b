//! `/admin/parcels`: parcels of all orders, above all those that somebody has to look after.

use minijinja::context;

use super::{
    asked::Asked,
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminParcels, admin_parcels as document, admin_parcels::ShipmentStatus},
    problem::Problem,
    shown::value,
};

/// As the API writes them, in the order in which parcels pass through them.
const STATUSES: [(&str, ShipmentStatus); 8] = [
    ("PACKED", ShipmentStatus::Packed),
    ("DISPATCHED", ShipmentStatus::Dispatched),
    ("IN_TRANSIT", ShipmentStatus::InTransit),
    ("OUT_FOR_DELIVERY", ShipmentStatus::OutForDelivery),
    ("DELIVERY_FAILED", ShipmentStatus::DeliveryFailed),
    ("DELIVERED", ShipmentStatus::Delivered),
    ("RETURNED", ShipmentStatus::Returned),
    ("CANCELLED", ShipmentStatus::Cancelled),
];

/// For how many days nobody has told anything of them.
const DAYS: [(&str, i64); 4] = [("2", 2), ("5", 5), ("10", 10), ("30", 30)];

const ASKED: [&str; 3] = ["number", "status", "silent"];

pub async fn show(staff: Staff) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = Asked::read(&staff.visit, &ASKED);
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::ShipmentWhere {
            carrier: None,
            number: asked.some("number"),
            order_id: None,
            silent_days: asked.kind("silent", &DAYS),
            status: asked.kind("status", &STATUSES).map(|status| vec![status]),
        }),
    };
    let data = staff.visit.ask(AdminParcels, variables).await?;
    let parcels = data.shipments.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        parcels => value(parcels),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        days => value(&DAYS.map(|(name, _)| name)),
        asked => asked.shown(),
    };
    staff.show("admin/parcels/page.html", shown)
}
