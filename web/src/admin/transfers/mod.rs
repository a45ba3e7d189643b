//! `/admin/transfers`: goods on their way from one location to another, or from a supplier.

mod create;

use minijinja::context;

pub use create::create;

use super::{
    asked::Asked,
    deed::{self, Refused},
    staff::{Permission, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminTransfers, admin_transfers as document, admin_transfers::InventoryTransferStatus},
    problem::Problem,
    shown::value,
};

const STATUSES: [(&str, InventoryTransferStatus); 4] = [
    ("DRAFT", InventoryTransferStatus::Draft),
    ("IN_TRANSIT", InventoryTransferStatus::InTransit),
    ("RECEIVED", InventoryTransferStatus::Received),
    ("CANCELLED", InventoryTransferStatus::Cancelled),
];

const ASKED: [&str; 1] = ["status"];

pub async fn show(staff: Staff) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, None).await
}

async fn list(staff: Staff, asked: &Asked, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Inventory)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::InventoryTransferWhere {
            location_id: None,
            status: asked.kind("status", &STATUSES),
        }),
    };
    let data = staff.visit.ask(AdminTransfers, variables).await?;
    let transfers = data.inventory_transfers.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        transfers => value(transfers),
        locations => value(&data.locations),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/transfers/page.html", shown)
}
