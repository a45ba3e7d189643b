//! `/admin/legacy-orders`: orders of the older checkout while the shop moves, and what the older system says otherwise of them.

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Outcome, Refused, Told},
    staff::{Permission, Sent, Staff},
    typed::id,
};
use crate::{
    answer::Answer,
    documents::{
        AdminLegacyOrderDismiss, AdminLegacyOrderRepair, AdminLegacyOrders,
        admin_legacy_order_dismiss as dismiss_document, admin_legacy_order_repair as repair_document,
        admin_legacy_orders::{LegacyFinding, Variables},
    },
    problem::Problem,
    shown::value,
    visit::Form,
};

const PATH: &str = "/admin/legacy-orders";

const ASKED: [&str; 1] = ["finding"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    page(staff, &asked, &told, None).await
}

/// `POST /admin/legacy-orders/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let refusals = run(&staff, &deed, &form).await?;
    let Some(refused) = Refused::any(&staff, &deed, &form, &refusals) else {
        return Ok(staff.visit.go(&format!("{PATH}?done={deed}")));
    };
    page(staff, &Asked::of(PATH, "", &ASKED), &Told::default(), Some(refused)).await
}

async fn run(staff: &Staff, deed: &str, form: &Form) -> Outcome {
    match deed {
        "repair" => {
            let input = repair_document::LegacyOrderRepairInput { id: id(form)? };
            deed::run(staff, AdminLegacyOrderRepair, repair_document::Variables { input }).await
        }
        "dismiss" => {
            let input = dismiss_document::LegacyOrderDismissInput {
                id: id(form)?,
                reason: form.text("reason").to_owned(),
            };
            deed::run(staff, AdminLegacyOrderDismiss, dismiss_document::Variables { input }).await
        }
        _ => Err(Problem::NotFound),
    }
}

async fn page(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let rows = asked.rows();
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        finding: asked.some("finding").map(|_| LegacyFinding::Open),
    };
    let data = staff.visit.ask(AdminLegacyOrders, variables).await?;
    let orders = data.legacy_orders.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        orders => value(&orders.nodes),
        info => value(&orders.page_info),
        done => deed::done(&staff, "admin.legacy.done", &told.done),
        asked => asked.shown(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/legacy_orders/page.html", shown)
}
