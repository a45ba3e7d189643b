//! What the configuration says of the shop itself, in the domain's words.

use anyhow::anyhow;
use chrono::TimeDelta;
use vitrine_commerce::{
    Settings,
    shop::{BulkSettings, LimitSettings, MediaSettings},
};

use super::payment;
use crate::{
    config::{BeforeHoldEnds, CaptureAt, Config},
    mailer::sender,
};

pub(super) fn settings(config: &Config, signing_secret: Vec<u8>) -> anyhow::Result<Settings> {
    Ok(Settings {
        public_url: config.public_url(),
        order_url: config.order_url(),
        draft_order_url: config.draft_order_url(),
        product_url: config.product_url(),
        category_url: config.category_url(),
        collection_url: config.collection_url(),
        staff_url: config.staff_url(),
        account_url: config.account_url(),
        reservation: TimeDelta::minutes(config.shop.reservation_minutes.into()),
        payment_settle_after: TimeDelta::seconds(config.payment.settle_after_seconds.into()),
        payment_provider: config.payment.provider.clone(),
        capture_on_dispatch: config.payment.capture == CaptureAt::OnDispatch,
        capture_before_hold_ends: config.payment.before_hold_ends == BeforeHoldEnds::Capture,
        holds: payment::holds(config),
        second_reminder: payment::second_reminder(config),
        alerts_to: Some(alerts_to(config)?),
        vat_form_is_enough: config.tax.form_is_enough,
        rate_jump_percent_max: config.rates.jump_percent_max,
        order_retention_years: config.privacy.order_years,
        retention: config.privacy.retention(),
        signing_secret,
        signing_secrets_previous: config
            .auth
            .signing_secrets_previous
            .iter()
            .map(|secret| secret.expose().as_bytes().to_vec())
            .collect(),
        signing_key_lifetime: TimeDelta::days(config.auth.key_days.into()),
        access_token_lifetime: TimeDelta::minutes(config.auth.access_minutes.into()),
        refresh_token_lifetime: TimeDelta::days(config.auth.refresh_days.into()),
        refresh_token_grace: TimeDelta::seconds(config.auth.refresh_grace_seconds.into()),
        media: MediaSettings {
            bytes_max: config.media.bytes_max(),
            file_bytes_max: config.media.file_bytes_max(),
            import: config.media.import,
        },
        bulk: BulkSettings {
            bytes_max: config.bulk.bytes_max(),
            lines_max: config.bulk.max_lines,
        },
        webhooks: config.webhooks.settings(),
        limits: LimitSettings {
            enabled: config.limits.enabled,
            factor: config.limits.factor,
        },
    })
}

fn alerts_to(config: &Config) -> anyhow::Result<String> {
    if let Some(address) = &config.shop.alerts_to {
        return Ok(address.clone());
    }
    let from = sender(&config.mail.from).map_err(|why| anyhow!("`mail.from` cannot be used: {why}"))?;
    Ok(from.email.to_string())
}
