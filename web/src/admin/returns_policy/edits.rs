//! `POST /admin/settings/edits`: for how long shoppers change orders themselves, and whether what is not paid is sent.

use super::page;
use crate::{
    admin::{
        deed::{self, Refused},
        staff::{Permission, Sent, Staff},
        typed::{Typed, version},
    },
    answer::Answer,
    documents::{AdminOrderEditPolicySave, admin_order_edit_policy_save as document},
    problem::Problem,
    refusals::Refusal,
    visit::Form,
};

/// The form's name.
const DEED: &str = "edits";

pub async fn save(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let refusals = run(&staff, &form).await?;
    match Refused::any(&staff, DEED, &form, &refusals) {
        Some(refused) => page(staff, "", Some(refused)).await,
        None => Ok(staff.visit.go("/admin/settings/returns?done=edits")),
    }
}

async fn run(staff: &Staff, form: &Form) -> Result<Vec<Refusal>, Problem> {
    let mut typed = Typed::of(form);
    let shopper_minutes = typed.number("shopperMinutes");
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    let input = document::OrderEditPolicyUpdateInput {
        dispatches_unpaid: form.some("dispatchesUnpaid").map(|answer| answer == "true"),
        expected_version: version(form),
        shopper_minutes,
    };
    deed::run(staff, AdminOrderEditPolicySave, document::Variables { input }).await
}
