//! `/admin/drafts`: orders that staff put together, and a new one.

use axum::extract::Query;
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
    typed::id,
};
use crate::{
    answer::Answer,
    documents::{
        AdminDraftCreate, AdminDraftRestore, AdminDrafts, admin_draft_create as create_document,
        admin_draft_restore as restore_document, admin_drafts as document, admin_drafts::DraftOrderStatus,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

pub const PATH: &str = "/admin/drafts";

const STATUSES: [(&str, DraftOrderStatus); 4] = [
    ("OPEN", DraftOrderStatus::Open),
    ("SENT", DraftOrderStatus::Sent),
    ("EXPIRED", DraftOrderStatus::Expired),
    ("COMPLETED", DraftOrderStatus::Completed),
];

const ASKED: [&str; 3] = ["q", "status", "deleted"];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, &told, None).await
}

/// `POST /admin/drafts`: an empty one, perhaps of a customer's; its own page has the rest.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let input = create_document::DraftOrderCreateInput {
        draft_order: form.some("customer").map(of_customer),
        lines: None,
    };
    let variables = create_document::Variables { input };
    let data = staff.visit.ask(AdminDraftCreate, variables).await?;
    let answered = data.draft_order_create.ok_or(Problem::Broken)?;
    if let Some(draft) = answered.draft_order {
        return Ok(staff.visit.go(&format!("{PATH}/{}", draft.id)));
    }
    let refused = Refused::of(&staff, "create", &form, &refusals(&answered.user_errors));
    let asked = Asked::of(PATH, "", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

fn of_customer(customer: String) -> create_document::DraftOrderFieldsInput {
    create_document::DraftOrderFieldsInput {
        billing_address: None,
        country_code: None,
        currency_code: None,
        customer_id: Some(customer),
        discount: None,
        discount_codes: None,
        email: None,
        expires_at: None,
        locale: None,
        message: None,
        note: None,
        own_shipping: None,
        purchase_order_number: None,
        shipping_address: None,
        shipping_method_id: None,
        staff_note: None,
    }
}

/// `POST /admin/drafts/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let draft = id(&form)?;
    let input = restore_document::DraftOrderRestoreInput { id: draft.clone() };
    let variables = restore_document::Variables { input };
    let refused = deed::run(&staff, AdminDraftRestore, variables).await?;
    let Some(refused) = Refused::any(&staff, "restore", &form, &refused) else {
        return Ok(staff.visit.go(&format!("{PATH}/{draft}?done=restore")));
    };
    let asked = Asked::of(PATH, "deleted=yes", &ASKED);
    list(staff, &asked, &Told::default(), Some(refused)).await
}

async fn list(staff: Staff, asked: &Asked, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::DraftOrderWhere {
            customer_id: None,
            deleted: asked.some("deleted").map(|_| true),
            query: asked.some("q"),
            status: asked.kind("status", &STATUSES),
        }),
    };
    let data = staff.visit.ask(AdminDrafts, variables).await?;
    let drafts = data.draft_orders.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        drafts => value(drafts),
        statuses => value(&STATUSES.map(|(name, _)| name)),
        asked => asked.shown(),
        done => deed::done(&staff, "admin.drafts.done", &told.done),
        undo => told.undo.as_str(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/drafts/page.html", shown)
}
