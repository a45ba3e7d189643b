//! `/admin/transfers/{id}`: a transfer: sent on its way, taken in line by line, and ended.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminTransfer, AdminTransferClose, AdminTransferReceive, AdminTransferShip, admin_transfer as document,
        admin_transfer_close as close_document, admin_transfer_close::InventoryTransferRest,
        admin_transfer_receive as receive_document, admin_transfer_ship as ship_document,
    },
    problem::Problem,
    shown::value,
    visit::Form,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    page(staff, id, &told.done, None).await
}

/// `POST /admin/transfers/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Inventory)?;
    let refusals = run(&staff, id.clone(), &deed, &form).await?;
    match Refused::any(&staff, &deed, &form, &refusals) {
        Some(refused) => page(staff, id, "", Some(refused)).await,
        None => Ok(staff.visit.go(&format!("/admin/transfers/{id}?done={deed}"))),
    }
}

/// Each asks for the version that was shown: a form that is sent twice takes goods in once.
async fn run(staff: &Staff, id: String, deed: &str, form: &Form) -> Outcome {
    let version = form.text("expectedVersion").parse::<i64>();
    let expected_version = Some(version.map_err(|_| Problem::BadForm)?);
    match deed {
        "ship" => {
            let input = ship_document::InventoryTransferShipInput { expected_version, id };
            deed::run(staff, AdminTransferShip, ship_document::Variables { input }).await
        }
        "receive" => {
            let input = receive_document::InventoryTransferReceiveInput {
                expected_version,
                id,
                lines: Some(came(form)),
            };
            deed::run(staff, AdminTransferReceive, receive_document::Variables { input }).await
        }
        "close" => {
            let rest = match form.text("rest") {
                "RETURNED" => InventoryTransferRest::Returned,
                _ => InventoryTransferRest::Missing,
            };
            let input = close_document::InventoryTransferCloseInput {
                expected_version,
                id,
                reason: form.text("reason").to_owned(),
                rest,
            };
            deed::run(staff, AdminTransferClose, close_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

/// What came of each variant: a field for each, called by its id. Of which nothing came is left out.
fn came(form: &Form) -> Vec<receive_document::InventoryTransferLineInput> {
    let lines = form.pairs().filter_map(|(name, text)| {
        let variant_id = name.strip_prefix("came.")?.to_owned();
        let quantity = text.trim().parse::<i64>().ok().filter(|quantity| *quantity != 0)?;
        Some(receive_document::InventoryTransferLineInput { quantity, variant_id })
    });
    lines.collect()
}

async fn page(staff: Staff, id: String, done: &str, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Inventory)?;
    let data = staff.visit.ask(AdminTransfer, document::Variables { id }).await?;
    let transfer = data.inventory_transfer.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.transfers.done", done);
    let shown = context! { transfer => value(transfer), done, refused => value(&refused) };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/transfer/page.html", shown)
}
