//! What is done with an endpoint: a document each.

use crate::{
    admin::{
        deed::{self, Outcome},
        staff::Staff,
        typed::{Typed, nulls, version},
    },
    documents::{
        AdminWebhookDelete, AdminWebhookPing, AdminWebhookReplay, AdminWebhookReplayAll, AdminWebhookRotate,
        AdminWebhookSave, admin_webhook_delete as delete_document, admin_webhook_ping as ping_document,
        admin_webhook_replay as replay_document, admin_webhook_replay_all as replay_all_document,
        admin_webhook_rotate as rotate_document, admin_webhook_save as save_document,
    },
    problem::Problem,
    refusals::{Refusal, refusals},
    visit::Form,
};

/// By the name that stands in the address.
pub async fn run(staff: &Staff, id: &str, deed: &str, form: &Form) -> Outcome {
    let id = id.to_owned();
    match deed {
        "save" => save(staff, id, form).await,
        "on" => switch(staff, id, form, true).await,
        "off" => switch(staff, id, form, false).await,
        "delete" => {
            let expected_version = version(form);
            let input = delete_document::WebhookEndpointDeleteInput { expected_version, id };
            deed::run(staff, AdminWebhookDelete, delete_document::Variables { input }).await
        }
        "ping" => {
            let input = ping_document::WebhookEndpointPingInput { id };
            deed::run(staff, AdminWebhookPing, ping_document::Variables { input }).await
        }
        "replay" => {
            let id = form.some("delivery").ok_or(Problem::BadForm)?;
            let input = replay_document::WebhookDeliveryReplayInput { id };
            deed::run(staff, AdminWebhookReplay, replay_document::Variables { input }).await
        }
        "replay-all" => replay_all(staff, id, form).await,
        _ => Err(Problem::NotFound),
    }
}

/// Gives the secret, which nobody can show again.
pub async fn rotate(staff: &Staff, id: &str, form: &Form) -> Result<(Option<String>, Vec<Refusal>), Problem> {
    let mut typed = Typed::of(form);
    let hours = typed.number("hours");
    let wrong = typed.wrong();
    if !wrong.is_empty() {
        return Ok((None, wrong));
    }
    let input = rotate_document::WebhookEndpointSecretRotateInput {
        id: id.to_owned(),
        overlap_minutes: hours.unwrap_or_default().saturating_mul(60),
    };
    let variables = rotate_document::Variables { input };
    let data = staff.visit.ask(AdminWebhookRotate, variables).await?;
    let answered = data.webhook_endpoint_secret_rotate.ok_or(Problem::Broken)?;
    Ok((answered.secret, refusals(&answered.user_errors)))
}

async fn save(staff: &Staff, id: String, form: &Form) -> Outcome {
    let types = form.all("eventTypes").into_iter();
    let input = save_document::WebhookEndpointUpdateInput {
        description: form.some("description"),
        enabled: None,
        event_types: Some(types.map(save_document::EventType::Other).collect()),
        expected_version: version(form),
        id,
        url: Some(form.text("url").to_owned()),
    };
    let variables = save_document::Variables { input };
    deed::run_with_nulls(staff, AdminWebhookSave, variables, &nulls(form, &["description"])).await
}

async fn switch(staff: &Staff, id: String, form: &Form, enabled: bool) -> Outcome {
    let input = save_document::WebhookEndpointUpdateInput {
        description: None,
        enabled: Some(enabled),
        event_types: None,
        expected_version: version(form),
        id,
        url: None,
    };
    deed::run(staff, AdminWebhookSave, save_document::Variables { input }).await
}

async fn replay_all(staff: &Staff, id: String, form: &Form) -> Outcome {
    let mut typed = Typed::of(form);
    let since = typed.time("since", staff.zone());
    let until = typed.time("until", staff.zone());
    let wrong = typed.wrong();
    let (Some(since), Some(until), true) = (since, until, wrong.is_empty()) else {
        return Ok(wrong);
    };
    let input = replay_all_document::WebhookEventsReplayInput {
        endpoint_id: id,
        since,
        until,
        with_delivered: form.some("withDelivered").is_some(),
    };
    let variables = replay_all_document::Variables { input };
    deed::run(staff, AdminWebhookReplayAll, variables).await
}
