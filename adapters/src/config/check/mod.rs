//! What no shop can run with, what production must not, and what deserves a warning.

mod answers;
mod bulk;
mod limits;
mod media;
mod payment;
mod production;

use lettre::Address;
use tracing_subscriber::EnvFilter;
use vitrine_commerce::{address::is_country, money::Currency, settings::language};

use super::{Config, Environment};
use crate::mailer::sender;

/// The shortest signing secret: as long as the hash that it keys.
const SIGNING_SECRET_BYTES_MIN: usize = 32;

/// How many secrets before the current one are tried: each costs every link that is opened a hash.
const SIGNING_SECRETS_PREVIOUS_MAX: usize = 5;

/// A rule that a key breaks.
pub(super) struct Problem {
    pub(super) key: &'static str,
    pub(super) what: String,
    pub(super) remedy: &'static str,
}

impl Config {
    /// Every rule that is broken.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let mut problems = Problems(Vec::new());
        self.check_shop(&mut problems);
        self.check_services(&mut problems);
        self.check_numbers(&mut problems);
        self.payment.check(&mut problems);
        self.media.check(&mut problems);
        self.bulk.check(&mut problems);
        self.limits.check(&mut problems);
        self.answers.check(&mut problems);
        self.check_oidc(&mut problems);
        for (key, value, min, max) in self.privacy.bounds() {
            let remedy = match min {
                5 => "choose at least 5: a mail may be under way for as long",
                90 => "choose at least 90: whoever has not been here is told a month before",
                _ => "choose a number of ordinary size",
            };
            problems.unless((min..=max).contains(&value), key, format!("cannot be {value}"), remedy);
        }
        if self.environment == Environment::Production {
            self.check_production(&mut problems);
        }
        problems.0
    }

    fn check_shop(&self, problems: &mut Problems) {
        let shop = &self.shop;
        let unless = |problems: &mut Problems, value: &Option<String>, holds: fn(&str) -> bool, key, remedy| {
            if let Some(value) = value.as_deref().filter(|value| !holds(value)) {
                problems.unless(false, key, format!("cannot be `{value}`"), remedy);
            }
        };
        unless(
            problems,
            &shop.currency,
            |code| code.parse::<Currency>().is_ok(),
            "shop.currency",
            "write a code of ISO 4217, such as EUR",
        );
        unless(
            problems,
            &shop.country,
            is_country,
            "shop.country",
            "write two capital letters of ISO 3166-1, such as DE",
        );
        unless(
            problems,
            &shop.locale,
            |tag| language(&["locale"], tag).is_ok(),
            "shop.locale",
            "write a language tag, such as en",
        );
        for (key, url) in [
            ("shop.product_url", &shop.product_url),
            ("shop.category_url", &shop.category_url),
            ("shop.collection_url", &shop.collection_url),
        ] {
            let is_pattern = |url: &String| is_web(url) && url.matches("{slug}").count() == 1;
            problems.unless(
                url.as_ref().is_none_or(is_pattern),
                key,
                "is not a web address with one {slug} in it".to_owned(),
                "write it like https://shop.example.com/products/{slug}",
            );
        }
        problems.unless(
            shop.name
                .as_ref()
                .is_none_or(|name| !name.trim().is_empty() && !name.contains(char::is_control)),
            "shop.name",
            "is empty or more than a line".to_owned(),
            "write the shop's name",
        );
    }

    fn check_services(&self, problems: &mut Problems) {
        let url = self.database.url.expose();
        problems.unless(
            ["sqlite:", "postgres://", "postgresql://"]
                .iter()
                .any(|scheme| url.starts_with(scheme)),
            "database.url",
            "is neither SQLite nor PostgreSQL".to_owned(),
            "begin it with sqlite:// or postgres://",
        );
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
        let long_enough = |secret: &super::Secret| secret.expose().len() >= SIGNING_SECRET_BYTES_MIN;
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
        problems.unless(
            self.graphql.trusted_documents.is_some() || !self.graphql.trusted_documents_only,
            "graphql.trusted_documents_only",
            "is true, and no documents are trusted".to_owned(),
            "name their manifest in `graphql.trusted_documents`",
        );
    }

    fn check_oidc(&self, problems: &mut Problems) {
        let is_production = self.environment == Environment::Production;
        let providers = &self.auth.oidc;
        let twice = |at: usize| providers[..at].iter().any(|other| other.name == providers[at].name);
        for (at, provider) in providers.iter().enumerate() {
            let again = || twice(at).then(|| format!("has `{}` twice", provider.name));
            let problem = provider.problem(is_production).or_else(again);
            let what = problem.clone().unwrap_or_default();
            problems.unless(problem.is_none(), "auth.oidc", what, "see vitrine.example.toml");
        }
    }

    fn check_numbers(&self, problems: &mut Problems) {
        let bounds = [
            (
                "shop.reservation_minutes",
                u64::from(self.shop.reservation_minutes),
                1,
                7 * 24 * 60,
            ),
            ("http.requests_max", self.http.requests_max as u64, 1, 100_000),
            ("http.connections_max", self.http.connections_max as u64, 1, 1_000_000),
            ("http.streams_max", self.http.streams_max as u64, 1, 1_000_000),
            (
                "http.query_cost_max",
                self.http.query_cost_max as u64,
                1_000,
                10_000_000,
            ),
            (
                "database.max_connections",
                u64::from(self.database.max_connections),
                1,
                1000,
            ),
            (
                "database.acquire_timeout_seconds",
                self.database.acquire_timeout_seconds,
                1,
                60,
            ),
            ("auth.key_days", u64::from(self.auth.key_days), 1, 3650),
            ("auth.access_minutes", u64::from(self.auth.access_minutes), 1, 24 * 60),
            ("auth.refresh_days", u64::from(self.auth.refresh_days), 1, 366),
            (
                "auth.refresh_grace_seconds",
                u64::from(self.auth.refresh_grace_seconds),
                0,
                120,
            ),
            ("worker.payment", self.worker.payment as u64, 1, 4096),
            ("worker.stock", self.worker.stock as u64, 1, 256),
            ("worker.mail", self.worker.mail as u64, 1, 256),
            ("worker.search", self.worker.search as u64, 1, 256),
            ("worker.poll_ms", self.worker.poll_ms, 10, 60_000),
            ("worker.search_check_seconds", self.worker.search_check_seconds, 1, 3600),
            ("worker.shutdown_seconds", self.worker.shutdown_seconds, 1, 600),
        ];
        for (key, value, min, max) in bounds {
            problems.unless(
                (min..=max).contains(&value),
                key,
                format!("cannot be {value}"),
                match min {
                    10 => "choose from 10 to 60000",
                    _ => "choose a positive number of ordinary size",
                },
            );
        }
    }
}

pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Scheme, host and perhaps a port: what a browser's `Origin` header holds.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']');
    host.is_some_and(|host| !host.is_empty() && host.bytes().all(allowed))
}

struct Problems(Vec<Problem>);

impl Problems {
    fn unless(&mut self, holds: bool, key: &'static str, what: String, remedy: &'static str) {
        if !holds {
            self.0.push(Problem { key, what, remedy });
        }
    }
}
