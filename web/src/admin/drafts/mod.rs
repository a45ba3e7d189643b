//! `/admin/drafts`: orders that staff put together, and a new one.

use axum::extract::Query;
use minijinja::context;

use super::{
    deed::Told,
    listed::{Listed, Seen},
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
    shown::value,
};

pub const PATH: &str = "/admin/drafts";

const LISTED: Listed = Listed {
    path: PATH,
    asked: &["q", "status", "deleted"],
    done: "admin.drafts.done",
    template: "admin/drafts/page.html",
};

const STATUSES: [(&str, DraftOrderStatus); 4] = [
    ("OPEN", DraftOrderStatus::Open),
    ("SENT", DraftOrderStatus::Sent),
    ("EXPIRED", DraftOrderStatus::Expired),
    ("COMPLETED", DraftOrderStatus::Completed),
];

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let seen = LISTED.seen(&staff, told);
    list(staff, &seen).await
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
    let seen = LISTED.not_made(&staff, &form, &answered.user_errors);
    list(staff, &seen).await
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
    match LISTED.restore(&staff, &form, AdminDraftRestore, variables).await? {
        None => Ok(staff.visit.go(&format!("{PATH}/{draft}?done=restore"))),
        Some(seen) => list(staff, &seen).await,
    }
}

async fn list(staff: Staff, seen: &Seen) -> Answer {
    staff.require(Permission::Orders)?;
    let asked = &seen.asked;
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
    };
    LISTED.show(staff, seen, shown)
}
