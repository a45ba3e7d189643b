//! Who tells of parcels, and where people sign in: what is configured of either, and what came of it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use vitrine_adapters::config::Config;
use vitrine_commerce::{
    Result, Shop,
    error::causes,
    fulfilment::parcels::list::{count_silent, last_told},
    identities,
};

use super::report::Report;

/// How long a provider may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// After so many days without a word of a parcel, somebody looks.
const SILENT_DAYS: i32 = 7;

pub(super) async fn look(shop: &Shop, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    for carrier in &config.carriers {
        let heard = last_told(shop, &carrier.name).await;
        told(&carrier.name, heard, config, report)?;
    }
    if !config.carriers.is_empty() {
        silent(shop, report).await?;
    }
    for provider in identities::providers(shop) {
        sign_in(shop, &provider.name, config, report).await?;
    }
    Ok(())
}

/// A carrier is never called: it tells by itself, or it does not.
fn told(
    name: &str,
    heard: Result<Option<DateTime<Utc>>>,
    config: &Config,
    report: &mut Report<'_>,
) -> anyhow::Result<()> {
    match heard {
        Ok(Some(at)) => report.ok(
            "carriers",
            format!("{name} told of a parcel last at {}", at.format("%Y-%m-%d %H:%M UTC")),
        ),
        Ok(None) => report.warning(
            "carriers",
            format!("{name} has never told of a parcel"),
            format!(
                "have it send to {}/webhooks/carriers/{name}, signed as docs/parcels.md says",
                config.public_url()
            ),
        ),
        Err(error) => report.warning("carriers", causes(&error), "see above: does the database answer?"),
    }
}

async fn silent(shop: &Shop, report: &mut Report<'_>) -> anyhow::Result<()> {
    match count_silent(shop, SILENT_DAYS).await {
        Ok(found) if found.rows == 0 => report.ok("carriers", "every parcel on its way was heard of of late"),
        Ok(found) => report.warning(
            "carriers",
            format!(
                "{} parcels on their way were not heard of for {SILENT_DAYS} days",
                found.rows
            ),
            "look at `/admin/parcels`; where it is all of a carrier's, look at its webhook",
        ),
        Err(error) => report.warning("carriers", causes(&error), "see above: does the database answer?"),
    }
}

/// By what a provider of OpenID Connect publishes of itself.
async fn sign_in(shop: &Shop, name: &str, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    let error = match tokio::time::timeout(TIMEOUT, identities::probe(shop, name)).await {
        Ok(Ok(())) => {
            return report.ok(
                "sign-in",
                format!(
                    "{name} answers; it has to know {}/auth/oidc/{name}/callback",
                    config.public_url()
                ),
            );
        }
        Ok(Err(error)) => causes(&error),
        Err(_) => format!("no answer within {} s", TIMEOUT.as_secs()),
    };
    report.warning(
        "sign-in",
        format!("{name}: {error}"),
        "look at its `issuer`, and whether this machine reaches it; meanwhile nobody signs in there",
    )
}
