//! `/admin/orders/{id}`: the desk of an order.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;
use serde::Deserialize;

use super::{
    countries,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminOrder, OrderLive,
        admin_order::{self as document, PaymentStatus},
        order_live,
    },
    problem::Problem,
    shown::value,
    visit::Form,
};

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    desk(staff, id, &told, None).await
}

/// `POST /admin/orders/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Orders)?;
    let refusals = deeds::run(&staff, &id, &deed, &form).await?;
    if !refusals.is_empty() {
        let form_name = form.some("form").unwrap_or(deed);
        let refused = Refused::of(&staff, &form_name, &form, &refusals);
        return desk(staff, id, &Told::default(), Some(refused)).await;
    }
    let undo = match deed.as_str() {
        "note-delete" => format!("&undo={}", form.text("id")),
        _ => String::new(),
    };
    Ok(staff.visit.go(&format!("/admin/orders/{id}?done={deed}{undo}")))
}

async fn desk(staff: Staff, id: String, told: &Told, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Orders)?;
    let query = Form::from(staff.visit.uri.query().unwrap_or_default());
    let before = query.some("before");
    let is_newest = before.is_none();
    let variables = document::Variables {
        id,
        before,
        customers: staff.may(Permission::Customers),
        locations: staff.may(Permission::Inventory),
    };
    let data = staff.visit.ask(AdminOrder, variables).await?;
    let order = data.order.as_ref().ok_or(Problem::NotFound)?;
    let timeline = order.timeline.as_ref();
    let edges = timeline.map(|timeline| timeline.edges.as_slice()).unwrap_or_default();
    let last = edges.last();
    // A change that nobody has paid yet may have one that failed beside what was paid.
    let is_over = |status: &PaymentStatus| matches!(status, PaymentStatus::Declined | PaymentStatus::Voided);
    let live = order.payments.iter().rfind(|payment| !is_over(&payment.status));
    let payment = live.or(order.payments.last());
    let shown = context! {
        order => value(order),
        is_newest,
        locations => value(&data.locations),
        payment => value(&payment),
        events => value(&edges.iter().rev().map(|edge| &edge.node).collect::<Vec<_>>()),
        cursor => last.map_or("", |edge| edge.cursor.as_str()),
        known => last.map_or(0, |edge| edge.node.number),
        countries => value(&countries::all(&staff).await?),
        key => staff.visit.site.api().secret(),
        done => deed::done(&staff, "admin.order.done", &told.done),
        undo => told.undo.as_str(),
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/order/page.html", shown)
}

/// `GET /admin/orders/{id}/live`: says that something has happened; the page is read again then.
pub async fn live(staff: Staff, Path(id): Path<String>, Query(after): Query<After>) -> Answer {
    let after = after.after.filter(|after| !after.is_empty());
    let variables = order_live::Variables { id, token: None, after };
    staff.visit.follow(OrderLive, variables).await
}

#[derive(Deserialize)]
pub struct After {
    after: Option<String>,
}
