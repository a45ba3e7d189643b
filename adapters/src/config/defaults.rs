//! What holds where nothing is configured. `vitrine.example.toml` shows the same.

use std::net::SocketAddr;

use super::{Auth, Database, Http, Log, Mail, Rates, Secret, Shop, Tax, Worker};

impl Default for Shop {
    fn default() -> Self {
        Self {
            name: None,
            currency: None,
            locale: None,
            country: None,
            prices_include_tax: None,
            reservation_minutes: 30,
            order_url: None,
            draft_order_url: None,
            product_url: None,
            category_url: None,
            collection_url: None,
            staff_url: None,
            alerts_to: None,
        }
    }
}

impl Default for Http {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            cors_origins: Vec::new(),
            requests_max: 1_000,
            query_cost_max: 20_000,
            cors_headers: Vec::new(),
            connections_max: 20_000,
            streams_max: 12_000,
            idle_timeout_seconds: 130,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Default for Database {
    fn default() -> Self {
        Self {
            url: Secret::new("sqlite://vitrine-data/shop.db?mode=rwc"),
            max_connections: 16,
            acquire_timeout_seconds: 3,
            allow_data_loss: false,
            replicas: Vec::new(),
            replica_lag_max_ms: 1_000,
        }
    }
}

pub(super) fn redis_prefix() -> String {
    "vitrine".to_owned()
}

pub(super) fn meilisearch_index() -> String {
    "products".to_owned()
}

pub(super) fn smtp_timeout_seconds() -> u64 {
    15
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            from: "Vitrine <shop@vitrine.example>".to_owned(),
            folder: "vitrine-data/mail".into(),
            smtp: None,
            account_url: None,
        }
    }
}

impl Default for Tax {
    fn default() -> Self {
        Self {
            vies: false,
            vies_url: "https://ec.europa.eu/taxation_customs/vies/rest-api".to_owned(),
            form_is_enough: false,
        }
    }
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            ecb: false,
            ecb_url: "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml".to_owned(),
            jump_percent_max: 10,
        }
    }
}

impl Default for Auth {
    fn default() -> Self {
        Self {
            signing_secret: None,
            signing_secrets_previous: Vec::new(),
            key_file: "vitrine-data/signing.key".into(),
            key_days: 90,
            access_minutes: 10,
            refresh_days: 30,
            refresh_grace_seconds: 20,
            oidc: Vec::new(),
        }
    }
}

impl Default for Worker {
    fn default() -> Self {
        Self {
            payment: 256,
            stock: 4,
            mail: 4,
            search: 2,
            poll_ms: 250,
            search_check_seconds: 15,
            shutdown_seconds: 25,
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            format: None,
            level: "info".to_owned(),
            access: false,
        }
    }
}
