//! Who sends messages to browsers: the shop itself, where that is switched on.

use std::{iter::once, sync::Arc};

use anyhow::{Context, anyhow};
use vitrine_commerce::ports::{Clock, PushSender};

use crate::{
    config::{Config, Secret},
    mailer,
    push::HttpPush,
};

pub(super) fn sender(
    config: &Config,
    signing_secret: &[u8],
    clock: &Arc<dyn Clock>,
) -> anyhow::Result<Option<Arc<dyn PushSender>>> {
    if !config.push.enabled {
        return Ok(None);
    }
    let previous = config.auth.signing_secrets_previous.iter().map(Secret::expose);
    let secrets: Vec<&[u8]> = once(signing_secret).chain(previous.map(str::as_bytes)).collect();
    let contact = contact(config)?;
    let push = HttpPush::new(&secrets, &contact, config.webhooks.to_inside, clock.clone());
    Ok(Some(Arc::new(
        push.context("making the client that sends to browsers")?,
    )))
}

/// Where a push service's operator reaches whoever runs the shop.
fn contact(config: &Config) -> anyhow::Result<String> {
    let url = config.public_url();
    if url.starts_with("https://") {
        return Ok(url);
    }
    let from = mailer::sender(&config.mail.from).map_err(|why| anyhow!("`mail.from` cannot be used: {why}"))?;
    Ok(format!("mailto:{}", from.email))
}
