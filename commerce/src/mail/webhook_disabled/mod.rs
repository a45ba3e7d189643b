//! The mail that tells the shop itself that nothing is sent to an endpoint of webhooks any more.

use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::WebhookEndpointId,
    webhook_endpoint::{self, DisabledBecause},
};

use crate::{
    Shop,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        render::{Letter, render, templates},
        words::{one_line, own_language},
    },
    outbox::Lease,
    ports::mailer::Mail,
};

/// Which endpoint it is. Every text is a single line.
pub(super) struct WebhookDisabled {
    pub(super) shop_name: String,
    /// What people call it, or its address.
    pub(super) endpoint: String,
    /// Whether it said itself that it is gone.
    pub(super) is_gone: bool,
    pub(super) link: String,
}

templates! { WebhookDisabled: "webhook_disabled/body.txt", "webhook_disabled/body.html" }

impl Letter for WebhookDisabled {
    fn subject(&self) -> Message {
        messages::mail_webhook_disabled_subject(&self.endpoint)
    }

    fn heading(&self) -> Message {
        messages::mail_webhook_disabled_heading()
    }
}

impl WebhookDisabled {
    fn text(&self) -> Message {
        match self.is_gone {
            true => messages::mail_webhook_disabled_gone(&self.endpoint),
            false => messages::mail_webhook_disabled_failing(&self.endpoint),
        }
    }
}

/// There is one mail for each time that it was switched off: its job's id is the mail's. None where it is on again.
pub(super) async fn load(shop: &Shop, lease: &Lease, id: WebhookEndpointId) -> Result<Option<Mail>, JobError> {
    let row = webhook_endpoint::Entity::find_by_id(id).one(&shop.db).await;
    let row = row.map_err(crate::Error::from)?;
    let row = row.filter(|row| !row.enabled && row.deleted_at.is_none());
    let (Some(to), Some(row)) = (&shop.settings.alerts_to, row) else {
        return Ok(None);
    };
    // What stands behind the path may open something.
    let address = row.url.split(['?', '#']).next().unwrap_or_default();
    let endpoint = match row.description.is_empty() {
        true => address,
        false => &row.description,
    };
    let disabled = WebhookDisabled {
        shop_name: one_line(&shop.profile().name),
        endpoint: one_line(endpoint),
        is_gone: row.disabled_because == Some(DisabledBecause::Gone),
        link: format!("{}/admin/webhooks/{id}", shop.settings.public_url),
    };
    Ok(Some(render(&disabled, &own_language(shop), lease.id.to_string(), to)?))
}
