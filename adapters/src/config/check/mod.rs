//! What no shop can run with, what production must not, and what deserves a warning.

mod answers;
mod backup;
mod bulk;
mod database;
mod limits;
mod media;
mod payment;
mod production;
mod services;
mod sms;
mod webhooks;

use vitrine_commerce::{address::is_country, money::Currency, settings::language};

use super::{Config, Environment};

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
        self.check_http(&mut problems);
        self.check_stores(&mut problems);
        self.check_replicas(&mut problems);
        self.check_mail_and_log(&mut problems);
        self.check_secrets(&mut problems);
        self.check_numbers(&mut problems);
        self.payment.check(&mut problems);
        self.media.check(&mut problems);
        self.backup.check(&mut problems);
        self.bulk.check(&mut problems);
        self.check_sms(&mut problems);
        self.check_webhooks(&mut problems);
        self.limits.check(&mut problems);
        self.answers.check(&mut problems);
        self.check_oidc(&mut problems);
        self.check_carriers(&mut problems);
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

    fn check_carriers(&self, problems: &mut Problems) {
        let carriers = &self.carriers;
        for (at, carrier) in carriers.iter().enumerate() {
            let is_twice = carriers[..at].iter().any(|other| other.name == carrier.name);
            let again = || is_twice.then(|| format!("has `{}` twice", carrier.name));
            let problem = carrier.problem().or_else(again);
            let what = problem.clone().unwrap_or_default();
            problems.unless(problem.is_none(), "carriers", what, "see vitrine.example.toml");
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
            ("http.idle_timeout_seconds", self.http.idle_timeout_seconds, 1, 86_400),
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

struct Problems(Vec<Problem>);

impl Problems {
    fn unless(&mut self, holds: bool, key: &'static str, what: String, remedy: &'static str) {
        if !holds {
            self.0.push(Problem { key, what, remedy });
        }
    }
}
