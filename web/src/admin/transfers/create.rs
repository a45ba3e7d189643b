//! A new transfer: from where to where, and what.

use super::{ASKED, list};
use crate::{
    admin::{
        asked::Asked,
        goods::{self, Picker},
        staff::{Permission, Sent, Staff},
        written,
    },
    answer::Answer,
    documents::{AdminTransferCreate, admin_transfer_create as document},
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::Form,
};

const GOODS: Picker = Picker::variants("lines");

/// `POST /admin/transfers`. Without an origin it comes from a supplier, and is on its way at once.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Inventory)?;
    let mut made = None;
    let run = async {
        let lines = match lines(&staff, &form).await? {
            Ok(lines) => lines,
            Err(refusal) => return Ok(vec![refusal]),
        };
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
        made = answered.transfer.map(|transfer| transfer.id);
        let refused = refusals(&answered.user_errors).into_iter();
        Ok::<_, Problem>(refused.map(|refusal| refusal.at_list(&[GOODS.name])).collect())
    };
    let refused = goods::act(&staff, "create", &form, &[GOODS], run).await?;
    if let Some(transfer) = made {
        return Ok(staff.visit.go(&format!("/admin/transfers/{transfer}")));
    }
    let asked = Asked::of("/admin/transfers", "", &ASKED);
    list(staff, &asked, refused).await
}

type Lines = Vec<document::InventoryTransferLineInput>;

/// Those that were chosen, and those of a list by their SKUs; refused where there is no such, or a line is none.
async fn lines(staff: &Staff, form: &Form) -> Result<Result<Lines, Refusal>, Problem> {
    let chosen = match goods::chosen(staff, form, GOODS).await? {
        Ok(chosen) => chosen,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let mut lines = Vec::with_capacity(chosen.len());
    for chosen in chosen {
        let Some(quantity) = chosen.quantity() else {
            return Ok(Err(Refusal::at("INVALID", GOODS.name)));
        };
        lines.push(document::InventoryTransferLineInput {
            quantity,
            variant_id: chosen.id,
        });
    }
    // Without either it is the list that is missing.
    let read = match form.some("list") {
        Some(list) => written::lines(&list),
        None => Some(Vec::new()).filter(|_| !lines.is_empty()),
    };
    let Some(read) = read else {
        return Ok(Err(Refusal::at("INVALID", GOODS.name)));
    };
    for (sku, quantity) in read {
        match goods::id_of(staff, goods::Kind::Variants, &sku).await? {
            Some(variant_id) => lines.push(document::InventoryTransferLineInput { quantity, variant_id }),
            None => return Ok(Err(Refusal::at("NOT_FOUND", "list"))),
        }
    }
    Ok(Ok(lines))
}
