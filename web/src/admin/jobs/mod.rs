//! `/admin/jobs`: what is done in the background, what has failed, and how it is done again.

use axum::extract::Query;
use minijinja::context;
use serde::Deserialize;

use super::{
    asked::Asked,
    deed::{self, Refused},
    staff::{Permission, Sent, Staff},
};
use crate::{
    answer::Answer,
    documents::{
        AdminJobRevive, AdminJobs, admin_job_revive as revive_document, admin_jobs as document,
        admin_jobs::{JobQueue, JobState},
    },
    problem::Problem,
    shown::value,
};

const STATES: [(&str, JobState); 5] = [
    ("BURIED", JobState::Buried),
    ("READY", JobState::Ready),
    ("HANDED_OVER", JobState::HandedOver),
    ("RUNNING", JobState::Running),
    ("DONE", JobState::Done),
];

const QUEUES: [(&str, JobQueue); 4] = [
    ("PAYMENT", JobQueue::Payment),
    ("STOCK", JobQueue::Stock),
    ("MAIL", JobQueue::Mail),
    ("SEARCH", JobQueue::Search),
];

const ASKED: [&str; 3] = ["state", "queue", "kind"];

#[derive(Default, Deserialize)]
pub struct Told {
    done: Option<String>,
}

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    list(staff, &asked, told.done.is_some(), None).await
}

/// `POST /admin/jobs`: has a buried job done again.
pub async fn revive(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Jobs)?;
    let job_id = form.some("jobId").ok_or(Problem::BadForm)?;
    let input = revive_document::JobReviveInput { job_id };
    let refusals = deed::run(&staff, AdminJobRevive, revive_document::Variables { input }).await?;
    if refusals.is_empty() {
        return Ok(staff.visit.go("/admin/jobs?state=BURIED&done=yes"));
    }
    let refused = Refused::of(&staff, "revive", &form, &refusals);
    let asked = Asked::of("/admin/jobs", "state=BURIED", &ASKED);
    list(staff, &asked, false, Some(refused)).await
}

async fn list(staff: Staff, asked: &Asked, is_done: bool, refused: Option<Refused>) -> Answer {
    staff.require(Permission::Jobs)?;
    let rows = asked.rows();
    let variables = document::Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::JobWhere {
            kind: asked.some("kind"),
            order_id: None,
            queue: asked.kind("queue", &QUEUES),
            since: None,
            state: asked.kind("state", &STATES),
        }),
    };
    let data = staff.visit.ask(AdminJobs, variables).await?;
    let jobs = data.jobs.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        jobs => value(jobs),
        counts => value(&data.job_counts),
        states => value(&STATES.map(|(name, _)| name)),
        queues => value(&QUEUES.map(|(name, _)| name)),
        asked => asked.shown(),
        done => if is_done { staff.visit.say("admin.jobs.revived") } else { String::new() },
        refused => value(&refused),
    };
    let status = deed::status(refused.as_ref());
    staff.show_as(status, "admin/jobs/page.html", shown)
}
