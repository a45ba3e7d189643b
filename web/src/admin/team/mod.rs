//! `/admin/team`: who works here, what roles may do, and apps and their keys.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{AdminTeam, admin_team as document},
    problem::Problem,
    shown::value,
};

/// As the API writes them.
const PERMISSIONS: [&str; 10] = [
    "ORDERS",
    "REFUNDS",
    "CATALOG",
    "INVENTORY",
    "CUSTOMERS",
    "CONTENT",
    "PAYMENTS",
    "JOBS",
    "SETTINGS",
    "STAFF",
];

const ASKED: [&str; 2] = ["q", "role"];

/// What a page shows beside the lists.
#[derive(Default)]
struct News {
    done: String,
    /// A key that was made just now: it is shown once, and never again.
    key: Option<String>,
    refused: Option<Refused>,
}

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let news = News {
        done: told.done,
        ..News::default()
    };
    page(staff, news).await
}

/// `POST /admin/team/{deed}`.
pub async fn act(Path(deed): Path<String>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Staff)?;
    if deed == "app-create" {
        let (key, refusals) = deeds::create_app(&staff, &form).await?;
        let refused = (!refusals.is_empty()).then(|| Refused::of(&staff, &deed, &form, &refusals));
        let news = News {
            key,
            refused,
            ..News::default()
        };
        return page(staff, news).await;
    }
    let refusals = deeds::run(&staff, &deed, &form).await?;
    if refusals.is_empty() {
        return Ok(staff.visit.go(&format!("/admin/team?done={deed}")));
    }
    let name = form.some("form").unwrap_or(deed);
    let news = News {
        refused: Some(Refused::of(&staff, &name, &form, &refusals)),
        ..News::default()
    };
    page(staff, news).await
}

async fn page(staff: Staff, news: News) -> Answer {
    staff.require(Permission::Staff)?;
    let asked = match staff.visit.uri.path() {
        "/admin/team" => Asked::read(&staff.visit, &ASKED),
        _ => Asked::of("/admin/team", "", &ASKED),
    };
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::StaffMemberWhere {
            active: None,
            query: asked.some("q"),
            role_id: asked.some("role"),
        }),
    };
    let data = staff.visit.ask(AdminTeam, variables).await?;
    let members = data.staff_members.as_ref().ok_or(Problem::NotFound)?;
    let done = deed::done(&staff, "admin.team.done", &news.done);
    let shown = context! {
        members => value(members),
        invitations => value(&data.staff_invitations),
        roles => value(&data.roles),
        apps => value(&data.apps),
        permissions => value(&PERMISSIONS),
        asked => asked.shown(),
        done,
        key => news.key,
        refused => value(&news.refused),
    };
    let status = deed::status(news.refused.as_ref());
    staff.show_as(status, "admin/team/page.html", shown)
}
