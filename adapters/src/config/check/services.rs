//! What the shop stands on and how it is reached: addresses that are none, and secrets that are too short.

use lettre::Address;
use tracing_subscriber::EnvFilter;

use super::{Problems, is_web};
use crate::{
    config::{Config, Secret},
    mailer::sender,
};

/// The shortest signing secret: as long as the hash that it keys.
const SIGNING_SECRET_BYTES_MIN: usize = 32;

/// How many secrets before the current one are tried: each costs every link that is opened a hash.
const SIGNING_SECRETS_PREVIOUS_MAX: usize = 5;

impl Config {
    pub(super) fn check_http(&self, problems: &mut Problems) {
        problems.unless(
            self.http.cors_origins.iter().all(|origin| is_origin(origin)),
            "http.cors_origins",
            "holds what is not an origin".to_owned(),
            "write each as a browser sends it, such as https://shop.example.com: no path, no slash at its end, no `*`",
        );
        let is_name = |name: &String| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
        problems.unless(
            self.http.cors_headers.iter().all(is_name),
            "http.cors_headers",
            "holds what is not the name of a header".to_owned(),
            "write each in letters, digits and `-`, such as x-storefront-version",
        );
        let (since, until) = (self.rest.deprecated_on, self.rest.sunset_on);
        problems.unless(
            since.zip(until).is_none_or(|(since, until)| since <= until),
            "rest.sunset_on",
            "lies before `rest.deprecated_on`".to_owned(),
            "give clients time to move",
        );
        problems.unless(
            self.rest.retirement_url.as_deref().is_none_or(is_web),
            "rest.retirement_url",
            "is not a web address".to_owned(),
            "begin it with https://",
        );
        problems.unless(
            is_web(&self.public_url()),
            "http.public_url",
            "is not a web address".to_owned(),
            "begin it with https:// (or http:// at home)",
        );
        problems.unless(
            self.trusted_proxies().len() == self.http.trusted_proxies.len(),
            "http.trusted_proxies",
            "holds what is no network".to_owned(),
            "write each as in 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7",
        );
        problems.unless(
            self.graphql.trusted_documents.is_some() || !self.graphql.trusted_documents_only,
            "graphql.trusted_documents_only",
            "is true, and no documents are trusted".to_owned(),
            "name their manifest in `graphql.trusted_documents`",
        );
    }

    pub(super) fn check_stores(&self, problems: &mut Problems) {
        let url = self.database.url.expose();
        problems.unless(
            ["sqlite:", "postgres://", "postgresql://"]
                .iter()
                .any(|scheme| url.starts_with(scheme)),
            "database.url",
            "is neither SQLite nor PostgreSQL".to_owned(),
            "begin it with sqlite:// or postgres://",
        );
        if let Some(redis) = &self.redis {
            let url = redis.url.expose();
            problems.unless(
                url.starts_with("redis://") || url.starts_with("rediss://"),
                "redis.url",
                "is not a Redis address".to_owned(),
                "begin it with redis:// or rediss://",
            );
            let prefix = !redis.prefix.is_empty()
                && redis
                    .prefix
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
            problems.unless(
                prefix,
                "redis.prefix",
                format!("cannot be `{}`", redis.prefix),
                "use letters, digits, `-` and `_`",
            );
        }
        if let Some(meilisearch) = &self.search.meilisearch {
            problems.unless(
                is_web(&meilisearch.url),
                "search.meilisearch.url",
                "is not a web address".to_owned(),
                "begin it with http:// or https://",
            );
        }
    }

    pub(super) fn check_mail_and_log(&self, problems: &mut Problems) {
        let unsendable = sender(&self.mail.from).err();
        problems.unless(
            unsendable.is_none(),
            "mail.from",
            format!("cannot be `{}`: {}", self.mail.from, unsendable.unwrap_or_default()),
            "write it as in `My shop <shop@example.com>`",
        );
        problems.unless(
            self.shop
                .alerts_to
                .as_ref()
                .is_none_or(|to| to.parse::<Address>().is_ok()),
            "shop.alerts_to",
            "is not a mail address".to_owned(),
            "write it as in stock@shop.example.com",
        );
        problems.unless(
            self.log.level.parse::<EnvFilter>().is_ok(),
            "log.level",
            format!("cannot be `{}`", self.log.level),
            "write error, warn, info, debug or trace, or tracing's directives",
        );
        self.check_telemetry(problems);
    }

    fn check_telemetry(&self, problems: &mut Problems) {
        let telemetry = &self.telemetry;
        problems.unless(
            telemetry.endpoint().is_none_or(is_web),
            "telemetry.otlp_endpoint",
            "is not a web address".to_owned(),
            "write where the collector takes OTLP over HTTP, as in http://collector:4318",
        );
        problems.unless(
            (0.0..=1.0).contains(&telemetry.sampling),
            "telemetry.sampling",
            format!("cannot be {}", telemetry.sampling),
            "choose a part between 0 and 1, such as 0.1",
        );
        // Without their texts: they may be secrets.
        let is_header = |header: &Secret| {
            header
                .expose()
                .split_once('=')
                .is_some_and(|(name, _)| !name.trim().is_empty())
        };
        problems.unless(
            telemetry.otlp_headers.iter().all(is_header),
            "telemetry.otlp_headers",
            "holds what is no header".to_owned(),
            "write each as in authorization=Bearer abc",
        );
        let is_name = |name: &String| !name.trim().is_empty() && !name.contains(char::is_control);
        problems.unless(
            telemetry.service_name.as_ref().is_none_or(is_name),
            "telemetry.service_name",
            "is empty or more than a line".to_owned(),
            "remove it, or write a name",
        );
    }

    pub(super) fn check_secrets(&self, problems: &mut Problems) {
        let long_enough = |secret: &Secret| secret.expose().len() >= SIGNING_SECRET_BYTES_MIN;
        problems.unless(
            self.auth.signing_secret.as_ref().is_none_or(long_enough),
            "auth.signing_secret",
            format!("is shorter than {SIGNING_SECRET_BYTES_MIN} bytes"),
            "make one with `openssl rand -base64 48`",
        );
        let previous = &self.auth.signing_secrets_previous;
        problems.unless(
            previous.len() <= SIGNING_SECRETS_PREVIOUS_MAX && previous.iter().all(long_enough),
            "auth.signing_secrets_previous",
            format!(
                "has more than {SIGNING_SECRETS_PREVIOUS_MAX}, or one of less than {SIGNING_SECRET_BYTES_MIN} bytes"
            ),
            "list what `auth.signing_secret` was before, as long as it is needed",
        );
    }
}

/// Scheme, host and perhaps a port: what a browser's `Origin` header holds.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    host.is_some_and(|host| !host.is_empty() && host.bytes().all(allowed))
}
