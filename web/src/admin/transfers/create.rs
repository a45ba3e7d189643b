//! A new transfer: from where to where, and what.

use super::{ASKED, list};
use crate::{
    admin::{
        asked::Asked,
        deed::Refused,
        staff::{Permission, Sent, Staff},
        written,
    },
    answer::Answer,
    documents::{
        AdminTransferCreate, AdminTransferVariant, admin_transfer_create as document,
        admin_transfer_variant as variant_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::Form,
};

/// `POST /admin/transfers`. Without an origin it comes from a supplier, and is on its way at once.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Inventory)?;
    let refused = match lines(&staff, &form).await? {
        Err(refusal) => vec![refusal],
        Ok(lines) => {
            let input = document::InventoryTransferCreateInput {
                destination_id: form.some("destinationId").ok_or(Problem::BadForm)?,
                expected_on: form.some("expectedOn"),
                lines,
                note: form.some("note"),
                origin_id: form.some("originId"),
                reference: form.some("reference"),
            };
            let data = staff
                .visit
                .ask(AdminTransferCreate, document::Variables { input })
                .await?;
            let answered = data.inventory_transfer_create.ok_or(Problem::Broken)?;
            if let Some(transfer) = answered.transfer {
                return Ok(staff.visit.go(&format!("/admin/transfers/{}", transfer.id)));
            }
            refusals(&answered.user_errors)
        }
    };
    let refused = Refused::of(&staff, "create", &form, &refused);
    let asked = Asked::of("/admin/transfers", "", &ASKED);
    list(staff, &asked, Some(refused)).await
}

type Lines = Vec<document::InventoryTransferLineInput>;

/// By their SKUs; refused where there is no such, or a line is none.
async fn lines(staff: &Staff, form: &Form) -> Result<Result<Lines, Refusal>, Problem> {
    let Some(read) = written::lines(form.text("lines")) else {
        return Ok(Err(Refusal::at("INVALID", "lines")));
    };
    let mut lines = Vec::with_capacity(read.len());
    for (sku, quantity) in read {
        let found = staff
            .visit
            .ask(AdminTransferVariant, variant_document::Variables { sku })
            .await?;
        match found.variant {
            Some(variant) => lines.push(document::InventoryTransferLineInput {
                quantity,
                variant_id: variant.id,
            }),
            None => return Ok(Err(Refusal::at("NOT_FOUND", "lines"))),
        }
    }
    Ok(Ok(lines))
}
