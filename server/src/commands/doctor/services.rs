//! What the shop calls, each asked something that changes nothing.

use std::time::Duration;

use chrono::TimeDelta;
use vitrine_adapters::{
    boot::Booted,
    config::{Config, Environment},
};
use vitrine_commerce::{
    Shop,
    catalog::index,
    error::causes,
    ports::{
        PaymentProvider,
        mailer::Mail,
        media_store::MediaStoreError,
        payment::{ProviderError, Settlement},
    },
    text,
};

use super::report::Report;

/// How long a provider, a mail server or a store may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// What a test's mail says.
const TEST: &str =
    "This mail was sent by `vitrine doctor`, to see whether the shop's mails arrive. Nothing is to be done.";

/// What is written into the store of pictures, and removed again.
const PROBE: &[u8] = b"vitrine doctor";

pub(super) async fn look(booted: &Booted, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    components(booted, config, report).await?;
    hazards(booted, config, report).await?;
    if config.search.meilisearch.is_some() {
        search(&booted.shop, report).await?;
    }
    for provider in booted.shop.payment_providers.values() {
        payment(&booted.shop, provider.as_ref(), config, report).await?;
    }
    store(&booted.shop, report).await
}

async fn components(booted: &Booted, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    booted.replicas_are_known().await;
    for component in booted.health().await {
        // An index of the server's own is the server's.
        if component.name == "search" && config.search.meilisearch.is_none() {
            continue;
        }
        let (name, remedy) = match component.name {
            "database" => ("database", "see docs/runbooks/on-call.md#the-database"),
            "search" => ("search", "start it; until then the database answers searches"),
            "redis" => (
                "redis",
                "start it; until then workers do their work from the database alone",
            ),
            "replica" => (
                "replica",
                "see docs/replicas.md; until it is well the primary answers what it would have",
            ),
            _ => (
                "mail",
                "look at `mail.smtp`: host, port, security, username, password. Mails wait for five days",
            ),
        };
        match component.detail {
            None => report.ok(
                name,
                match name {
                    "database" => "it takes what is written",
                    "replica" => "it follows the primary closely enough to be read from",
                    _ => "it answers",
                },
            )?,
            Some(detail) if component.required => report.wrong(name, detail, remedy)?,
            // The shop sells without it, and it is not as it should be.
            Some(detail) => report.warning(name, detail, remedy)?,
        }
    }
    Ok(())
}

async fn hazards(booted: &Booted, config: &Config, report: &mut Report<'_>) -> anyhow::Result<()> {
    let hazards = booted.hazards(config).await?;
    for hazard in &hazards {
        match (hazard.is_refused(), hazard.allowed_by) {
            (true, Some(key)) => {
                report.wrong(
                    "durability",
                    &hazard.text,
                    format!("if it is meant, set `{key}` to true"),
                )?;
            }
            _ => report.warning("durability", &hazard.text, "nothing, if it is meant")?,
        }
    }
    match hazards.is_empty() {
        true => report.ok("durability", "what is acknowledged is kept"),
        false => Ok(()),
    }
}

async fn search(shop: &Shop, report: &mut Report<'_>) -> anyhow::Result<()> {
    match index::is_in_step(shop).await {
        Ok(true) => report.ok("search", "the index holds what is on sale"),
        Ok(false) => report.warning(
            "search",
            "the index is not there or holds another number of products than are on sale",
            "a worker builds it anew by itself; `vitrine reindex` does it now",
        ),
        Err(error) => report.warning("search", causes(&error), "see above: does it answer?"),
    }
}

/// By asking for the last minute of its books.
async fn payment(
    shop: &Shop,
    provider: &dyn PaymentProvider,
    config: &Config,
    report: &mut Report<'_>,
) -> anyhow::Result<()> {
    let name = provider.name();
    if provider.settlement() == Settlement::ByStaff {
        return report.ok("payment", format!("{name}: staff settle it, nobody is called"));
    }
    let now = shop.now();
    let asked = provider.statement(now - TimeDelta::minutes(1), now, None);
    let error = match tokio::time::timeout(TIMEOUT, asked).await {
        Ok(Ok(_)) if config.environment == Environment::Production && !provider.is_live() => {
            return report.warning(
                "payment",
                format!("{name} answers, and no real money moves"),
                "give it its live keys before the shop opens to the public",
            );
        }
        Ok(Ok(_)) => return report.ok("payment", format!("{name} takes our keys")),
        Ok(Err(error @ (ProviderError::Misconfigured(_) | ProviderError::Rejected(_)))) => {
            return report.wrong(
                "payment",
                format!("{name}: {}", causes(&error)),
                "correct its keys, and look at what they may do",
            );
        }
        Ok(Err(error)) => causes(&error),
        Err(_) => format!("no answer within {} s", TIMEOUT.as_secs()),
    };
    let remedy = "see docs/runbooks/provider-outage.md: orders wait for it";
    report.warning("payment", format!("{name}: {error}"), remedy)
}

/// Written, read and removed again.
async fn store(shop: &Shop, report: &mut Report<'_>) -> anyhow::Result<()> {
    let name = format!("doctor/{}.txt", shop.new_id().simple());
    let tried = async {
        let error = |error: MediaStoreError| causes(&error);
        shop.media
            .put(&name, PROBE.to_vec(), "text/plain")
            .await
            .map_err(error)?;
        let is_there = shop.media.exists(&name).await.map_err(error)?;
        shop.media.delete(&name).await.map_err(error)?;
        match is_there {
            true => Ok(()),
            false => Err("what was written is not there".to_owned()),
        }
    };
    let outcome = tokio::time::timeout(TIMEOUT, tried).await;
    let error = match outcome {
        Ok(Ok(())) => return report.ok("pictures", "their store takes, shows and removes what it is given"),
        Ok(Err(error)) => error,
        Err(_) => format!("no answer within {} s", TIMEOUT.as_secs()),
    };
    report.wrong(
        "pictures",
        error,
        "look at `[media]`: the folder and whose it is, or the bucket and its keys",
    )
}

pub(super) async fn send_test(booted: &Booted, address: &str, report: &mut Report<'_>) -> anyhow::Result<()> {
    let Ok(to) = text::email(&["email"], address) else {
        anyhow::bail!("{address} is no mail address");
    };
    let shop = &booted.shop;
    let name = shop.profile().name.clone();
    let mail = Mail {
        message_id: format!("doctor.{}", shop.new_id().simple()),
        to: to.clone(),
        subject: format!("{name}: a test of the shop's mail"),
        html: format!("<p>{TEST}</p>"),
        text: format!("{TEST}\n"),
        unsubscribe: None,
        attachments: Vec::new(),
    };
    match (
        tokio::time::timeout(TIMEOUT, shop.mailer.send(&mail)).await,
        &booted.mail_folder,
    ) {
        (Ok(Ok(())), None) => report.ok(
            "mail",
            format!("the server took a mail to {to}: look whether it arrives, and not as spam"),
        ),
        (Ok(Ok(())), Some(folder)) => report.warning(
            "mail",
            format!("the mail to {to} lies in {}, and reaches nobody", folder.display()),
            "set `mail.smtp`",
        ),
        (Ok(Err(error)), _) => report.wrong("mail", causes(&error), "look at `mail.smtp` and `mail.from`"),
        (Err(_), _) => report.wrong("mail", "no answer to a mail in time", "look at `mail.smtp`"),
    }
}
