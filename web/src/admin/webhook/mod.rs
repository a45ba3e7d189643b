//! `/admin/webhooks/{id}`: an endpoint, what was sent to it, and what became of that.

mod deeds;

use axum::extract::{Path, Query};
use minijinja::context;

use super::{
    asked::Asked,
    deed::{self, Refused, Told},
    staff::{Permission, Sent, Staff},
    webhooks::events::EVENTS,
};
use crate::{
    answer::Answer,
    documents::{
        AdminWebhook,
        admin_webhook::{self as document, WebhookDeliveryState},
    },
    problem::Problem,
    shown::value,
};

const PATH: &str = "/admin/webhooks";

const STATES: [(&str, WebhookDeliveryState); 4] = [
    ("PENDING", WebhookDeliveryState::Pending),
    ("DELIVERED", WebhookDeliveryState::Delivered),
    ("FAILED", WebhookDeliveryState::Failed),
    ("CANCELLED", WebhookDeliveryState::Cancelled),
];

const ASKED: [&str; 1] = ["state"];

/// What the page shows beside the endpoint.
#[derive(Default)]
struct News {
    done: String,
    /// A secret that was made just now: it is shown once, and never again.
    secret: Option<String>,
    refused: Option<Refused>,
}

pub async fn show(staff: Staff, Path(id): Path<String>, Query(told): Query<Told>) -> Answer {
    let asked = Asked::read(&staff.visit, &ASKED);
    let news = News {
        done: told.done,
        ..News::default()
    };
    page(staff, id, &asked, news).await
}

/// `POST /admin/webhooks/{id}/{deed}`.
pub async fn act(Path((id, deed)): Path<(String, String)>, sent: Sent) -> Answer {
    let Sent { staff, form } = sent;
    staff.require(Permission::Settings)?;
    let (secret, refusals) = match &*deed {
        "rotate" => deeds::rotate(&staff, &id, &form).await?,
        _ => (None, deeds::run(&staff, &id, &deed, &form).await?),
    };
    let refused = Refused::any(&staff, &deed, &form, &refusals);
    if refused.is_none() && secret.is_none() {
        let to = match &*deed {
            "delete" => format!("{PATH}?done=delete&undo={id}"),
            _ => format!("{PATH}/{id}?done={deed}"),
        };
        return Ok(staff.visit.go(&to));
    }
    let asked = Asked::of(&format!("{PATH}/{id}"), "", &ASKED);
    let news = News {
        secret,
        refused,
        ..News::default()
    };
    page(staff, id, &asked, news).await
}

async fn page(staff: Staff, id: String, asked: &Asked, news: News) -> Answer {
    staff.require(Permission::Settings)?;
    let rows = asked.rows();
    let variables = document::Variables {
        id,
        first: rows.first,
        after: rows.after,
        last: rows.last,
        before: rows.before,
        where_: Some(document::WebhookDeliveryWhere {
            event_id: None,
            state: asked.kind("state", &STATES),
        }),
    };
    let data = staff.visit.ask(AdminWebhook, variables).await?;
    let endpoint = data.webhook_endpoint.as_ref().ok_or(Problem::NotFound)?;
    let deliveries = endpoint.deliveries.as_ref().ok_or(Problem::NotFound)?;
    let shown = context! {
        endpoint => value(endpoint),
        deliveries => value(&deliveries.nodes),
        info => value(&deliveries.page_info),
        events => value(&EVENTS),
        states => value(&STATES.map(|(name, _)| name)),
        secret => news.secret,
        done => deed::done(&staff, "admin.webhooks.done", &news.done),
        asked => asked.shown(),
        refused => value(&news.refused),
    };
    let status = deed::status(news.refused.as_ref());
    staff.show_as(status, "admin/webhook/page.html", shown)
}
