//! The one place where adapters are chosen and wired together.

mod database;
mod health;
mod signing_key;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use chrono::TimeDelta;
use hmac::{Hmac, Mac};
use lettre::message::Mailbox;
use sea_orm::DatabaseConnection;
use sha2::Sha256;
use vitrine_commerce::{
    Settings, Shop,
    ports::{Clock, EventBus, IdSource, Mailer, PaymentProvider, SearchEngine, clock::SystemClock, ids::SystemIds},
    shop::Parts,
};

pub use database::{migrate, open as open_database};
pub use health::Component;

use crate::{
    config::Config,
    event_bus::{InProcessBus, RedisBus},
    mailer::{FileMailer, SmtpMailer},
    payment::simulated::{SimulatedProvider, SimulatedSettings},
    queue::{Consumer, InProcessQueue, RedisQueue},
    search::{MeilisearchConfig, MeilisearchSearch, TantivySearch},
};

/// An open shop, and what stands beside it.
#[derive(Clone)]
pub struct Booted {
    pub shop: Shop,
    /// Where this process's worker takes its jobs from.
    pub consumer: Consumer,
    /// The simulated payment provider, where the shop has one: its pages and its webhooks need it.
    pub simulated: Option<Arc<SimulatedProvider>>,
    /// Where mails are written, where they are not sent.
    pub mail_folder: Option<PathBuf>,
    smtp: Option<Arc<SmtpMailer>>,
}

/// Opens the shop that `config` describes.
///
/// # Errors
/// When the database cannot be opened, or its schema is not this program's. Everything else may be
/// down: the shop opens without it.
pub async fn boot(config: &Config) -> anyhow::Result<Booted> {
    boot_with(config, Arc::new(SystemClock), Arc::new(SystemIds::default())).await
}

/// As [`boot`], with a clock and ids of the caller's.
pub async fn boot_with(config: &Config, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>) -> anyhow::Result<Booted> {
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let signing_secret = signing_key::find_or_make(&config.auth, &*ids)?;
    let db = database::open(config).await?;
    database::ensure_current(config, &db).await?;
    let simulated = simulated(config, &db, &clock, &ids, &signing_secret).await?;
    let (mailer, smtp): (Arc<dyn Mailer>, _) = mailer(config, &clock)?;
    let (consumer, bus) = transport(config)?;
    let provider: Arc<dyn PaymentProvider> = simulated.clone();
    let shop = Shop::new(Parts {
        db,
        clock,
        ids,
        queue: consumer.producer(),
        bus,
        mailer,
        search: search(config)?,
        payment_providers: BTreeMap::from([(provider.name(), provider)]),
        settings: settings(config, signing_secret)?,
    });
    let mail_folder = smtp.is_none().then(|| config.mail.folder.clone());
    Ok(Booted {
        shop,
        consumer,
        simulated: Some(simulated),
        mail_folder,
        smtp,
    })
}

fn settings(config: &Config, signing_secret: Vec<u8>) -> anyhow::Result<Settings> {
    Ok(Settings {
        shop_name: config.shop.name.clone(),
        currency: config.shop.currency.parse().context("reading `shop.currency`")?,
        locale: config.shop.locale.clone(),
        prices_include_tax: config.shop.prices_include_tax,
        country: config.shop.country.clone(),
        order_url: config.order_url(),
        reservation: TimeDelta::minutes(config.shop.reservation_minutes.into()),
        payment_settle_after: TimeDelta::seconds(config.payment.settle_after_seconds.into()),
        payment_provider: config.payment.provider.clone(),
        signing_secret,
        access_token_lifetime: TimeDelta::minutes(config.auth.access_minutes.into()),
        refresh_token_lifetime: TimeDelta::days(config.auth.refresh_days.into()),
    })
}

fn transport(config: &Config) -> anyhow::Result<(Consumer, Arc<dyn EventBus>)> {
    let Some(redis) = &config.redis else {
        return Ok((
            Consumer::InProcess(Arc::new(InProcessQueue::default())),
            Arc::new(InProcessBus::default()),
        ));
    };
    let queue = RedisQueue::new(redis.url.expose(), &redis.prefix).context("reading `redis.url`")?;
    let bus = RedisBus::start(redis.url.expose(), &redis.prefix).context("reading `redis.url`")?;
    Ok((Consumer::Redis(Arc::new(queue)), Arc::new(bus)))
}

type Mailers = (Arc<dyn Mailer>, Option<Arc<SmtpMailer>>);

fn mailer(config: &Config, clock: &Arc<dyn Clock>) -> anyhow::Result<Mailers> {
    let from: Mailbox = config.mail.from.parse().context("reading `mail.from`")?;
    Ok(match &config.mail.smtp {
        Some(smtp) => {
            let mailer = Arc::new(SmtpMailer::new(smtp, from, clock.clone()).context("reading `mail.smtp`")?);
            (mailer.clone(), Some(mailer))
        }
        None => (
            Arc::new(FileMailer::new(&config.mail.folder, from, clock.clone())),
            None,
        ),
    })
}

fn search(config: &Config) -> anyhow::Result<Arc<dyn SearchEngine>> {
    Ok(match &config.search.meilisearch {
        Some(meilisearch) => {
            let meilisearch = MeilisearchConfig {
                url: meilisearch.url.clone(),
                api_key: meilisearch.api_key.as_ref().map(|key| key.expose().to_owned()),
                index: meilisearch.index.clone(),
                timeout: MeilisearchConfig::TIMEOUT,
                task_timeout: MeilisearchConfig::TASK_TIMEOUT,
            };
            Arc::new(MeilisearchSearch::new(&meilisearch).context("reading `search.meilisearch`")?)
        }
        None => Arc::new(TantivySearch::new().context("making the search index")?),
    })
}

async fn simulated(
    config: &Config,
    db: &DatabaseConnection,
    clock: &Arc<dyn Clock>,
    ids: &Arc<dyn IdSource>,
    signing_secret: &[u8],
) -> anyhow::Result<Arc<SimulatedProvider>> {
    let simulated = &config.payment.simulated;
    let webhook_secret = match &simulated.webhook_secret {
        Some(secret) => secret.expose().as_bytes().to_vec(),
        None => derive(signing_secret, b"the simulated provider's webhooks"),
    };
    let settings = SimulatedSettings {
        public_url: config.public_url(),
        slow: Duration::from_secs(simulated.slow_seconds),
        pending: TimeDelta::seconds(simulated.pending_seconds.into()),
        webhook_secret,
    };
    let books = database::open_beside(config, db).await?;
    Ok(Arc::new(SimulatedProvider::new(
        books,
        clock.clone(),
        ids.clone(),
        settings,
    )))
}

/// A secret for one purpose, from which the one that it was made of cannot be found.
fn derive(secret: &[u8], purpose: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(purpose);
    mac.finalize().into_bytes().to_vec()
}
