//! What stands around a shop that is soaked: Redis, where there is one, a search engine and a mail server, each behind a gate.

use anyhow::Context;
use vitrine_tests::{meilisearch_stand_in::MeilisearchStandIn, smtp_sink::SmtpSink};

use super::gate::Gate;
use crate::arguments::Arguments;

/// As slow as a provider may be that still answers.
const PROVIDER_SECONDS: u64 = 30;

pub struct Services {
    redis: Option<(Gate, String)>,
    meilisearch: Gate,
    smtp: Gate,
    /// They serve until they are dropped.
    _engine: MeilisearchStandIn,
    _post: SmtpSink,
}

impl Services {
    pub async fn start(arguments: &Arguments) -> anyhow::Result<Self> {
        let engine = MeilisearchStandIn::start().await?;
        let post = SmtpSink::start().await;
        let redis = match &arguments.redis_url {
            Some(url) => Some(before_redis(url).await?),
            None => None,
        };
        let at = engine.url().trim_start_matches("http://").to_owned();
        Ok(Self {
            redis,
            meilisearch: Gate::before(at).await?,
            smtp: Gate::before(post.address().to_string()).await?,
            _engine: engine,
            _post: post,
        })
    }

    /// Each by name.
    pub fn gates(&self) -> Vec<(&'static str, &Gate)> {
        let redis = self.redis.iter().map(|(gate, _)| ("Redis", gate));
        redis
            .chain([("Meilisearch", &self.meilisearch), ("SMTP", &self.smtp)])
            .collect()
    }

    pub fn redis_url(&self) -> Option<&str> {
        self.redis.as_ref().map(|(_, url)| url.as_str())
    }

    /// What a shop's configuration says of them besides.
    pub fn configuration(&self) -> String {
        format!(
            r#"
[search.meilisearch]
url = "http://{}"
api_key = "{}"

[mail.smtp]
host = "{}"
port = {}
security = "none"

[payment.simulated]
slow_seconds = {PROVIDER_SECONDS}
"#,
            self.meilisearch.address(),
            MeilisearchStandIn::KEY,
            self.smtp.address().ip(),
            self.smtp.address().port(),
        )
    }
}

/// A gate before the Redis at `url`, and the address that leads through it.
async fn before_redis(url: &str) -> anyhow::Result<(Gate, String)> {
    let rest = url.strip_prefix("redis://").context("a Redis at redis://")?;
    let place = rest.split('/').next().unwrap_or_default();
    let host = place.rsplit('@').next().unwrap_or_default();
    let server = match host.contains(':') {
        true => host.to_owned(),
        false => format!("{host}:6379"),
    };
    let gate = Gate::before(server).await?;
    let url = url.replacen(host, &gate.address().to_string(), 1);
    Ok((gate, url))
}
