//! `/admin/webhooks`: who is sent what happens in the shop.

pub mod events;

use axum::extract::Query;
use minijinja::context;

use self::events::EVENTS;
use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
    typed::id,
};
use crate::{
    answer::Answer,
    documents::{
        AdminWebhookCreate, AdminWebhookRestore, AdminWebhooks, admin_webhook_create as create_document,
        admin_webhook_restore as restore_document, admin_webhooks::Variables,
    },
    problem::Problem,
    refusals::refusals,
    shown::value,
};

const PATH: &str = "/admin/webhooks";

const ASKED: [&str; 1] = ["deleted"];

/// What a page shows beside the list.
#[derive(Default)]
struct News {
    told: Told,
    /// The endpoint that was made just now, with its secret: it is shown once, and never again.
    made: Option<(String, String)>,
    refused: Option<Refused>,
}

pub async fn show(staff: Staff, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    let news = News {
        told,
        ..News::default()
    };
    list(staff, &asked, news).await
}

/// `POST /admin/webhooks`.
pub async fn create(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let types = form.all("eventTypes").into_iter();
    let input = create_document::WebhookEndpointCreateInput {
        description: form.some("description"),
        enabled: true,
        event_types: types.map(create_document::EventType::Other).collect(),
        url: form.text("url").to_owned(),
    };
    let variables = create_document::Variables { input };
    let data = staff.visit.ask(AdminWebhookCreate, variables).await?;
    let answered = data.webhook_endpoint_create.ok_or(Problem::Broken)?;
    let made = answered
        .webhook_endpoint
        .map(|endpoint| endpoint.id)
        .zip(answered.secret);
    let news = match made {
        Some(_) => News {
            made,
            ..News::default()
        },
        None => News {
            refused: Some(Refused::of(&staff, "create", &form, &refusals(&answered.user_errors))),
            ..News::default()
        },
    };
    list(staff, &Asked::of(PATH, "", &ASKED), news).await
}

/// `POST /admin/webhooks/restore`.
pub async fn restore(sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let input = restore_document::WebhookEndpointRestoreInput { id: id(&form)? };
    let variables = restore_document::Variables { input };
    let refused = deed::run(&staff, AdminWebhookRestore, variables).await?;
    let refused = Refused::any(&staff, "restore", &form, &refused);
    if refused.is_none() {
        return Ok(staff.visit.go(&format!("{PATH}?done=restore")));
    }
    let news = News {
        refused,
        ..News::default()
    };
    list(staff, &Asked::of(PATH, "deleted=yes", &ASKED), news).await
}

async fn list(staff: Staff, asked: &Asked, news: News) -> Answer {
    staff.require(Permission::Settings)?;
    let rows = asked.rows();
    let variables = Variables {
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        deleted: asked.some("deleted").is_some(),
    };
    let data = staff.visit.ask(AdminWebhooks, variables).await?;
    let endpoints = data.webhook_endpoints.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        endpoints => value(&endpoints.nodes),
        info => value(&endpoints.page_info),
        events => value(&EVENTS),
        made => value(&news.made),
        done => deed::done(&staff, "admin.webhooks.done", &news.told.done),
        undo => news.told.undo.as_str(),
        asked => asked.shown(),
        refused => value(&news.refused),
    };
    let status = deed::status(news.refused.as_ref());
    staff.show_as(status, "admin/webhooks/page.html", shown)
}
