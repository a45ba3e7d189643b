//! What follows from the configuration where it says nothing itself.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{Config, DatabaseKind, Environment, LogFormat, Smtp, SmtpSecurity};

impl Config {
    /// Whether this process runs its own worker: without a Redis nobody else could.
    pub fn is_embedded(&self) -> bool {
        self.redis.is_none()
    }

    pub fn database_kind(&self) -> DatabaseKind {
        match self.database.url.expose().starts_with("sqlite:") {
            true => DatabaseKind::Sqlite,
            false => DatabaseKind::Postgres,
        }
    }

    /// The networks of `http.trusted_proxies`; a single address is a network of one.
    pub fn trusted_proxies(&self) -> Vec<IpNet> {
        let networks = self.http.trusted_proxies.iter();
        networks.filter_map(|network| parse_network(network)).collect()
    }

    /// Where the outside finds this shop, without a slash at the end.
    pub fn public_url(&self) -> String {
        match &self.http.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{}", self.http.address),
        }
    }

    pub fn order_url(&self) -> String {
        let default = || format!("{}/orders/{{order}}?token={{token}}", self.public_url());
        self.shop.order_url.clone().unwrap_or_else(default)
    }

    pub fn draft_order_url(&self) -> String {
        let default = || format!("{}/drafts/{{draft}}?token={{token}}", self.public_url());
        self.shop.draft_order_url.clone().unwrap_or_else(default)
    }

    /// Where the storefront shows a product, with `{slug}`: our own pages, unless another is configured or there are none.
    pub fn product_url(&self) -> Option<String> {
        self.shown_at(&self.shop.product_url, "products")
    }

    pub fn category_url(&self) -> Option<String> {
        self.shown_at(&self.shop.category_url, "categories")
    }

    pub fn collection_url(&self) -> Option<String> {
        self.shown_at(&self.shop.collection_url, "collections")
    }

    fn shown_at(&self, configured: &Option<String>, folder: &str) -> Option<String> {
        let own = || {
            self.web
                .enabled
                .then(|| format!("{}/{folder}/{{slug}}", self.public_url()))
        };
        configured.clone().or_else(own)
    }

    /// Where members of staff follow the links of their mails. The token stands in the fragment, which browsers
    /// send to nobody.
    pub fn staff_url(&self) -> String {
        let default = || format!("{}/staff/{{page}}#{{token}}", self.public_url());
        self.shop.staff_url.clone().unwrap_or_else(default)
    }

    /// Where shoppers follow the links of mails about their account. The token stands in the fragment, too.
    pub fn account_url(&self) -> String {
        let default = || format!("{}/account/{{page}}#{{token}}", self.public_url());
        self.mail.account_url.clone().unwrap_or_else(default)
    }

    /// Where the simulated provider posts its webhooks.
    pub fn simulated_webhook_url(&self) -> String {
        let default = || format!("{}/webhooks/simulated", self.public_url());
        self.payment.simulated.webhook_url.clone().unwrap_or_else(default)
    }

    pub fn log_format(&self) -> LogFormat {
        self.log.format.unwrap_or(match self.environment {
            Environment::Development => LogFormat::Text,
            Environment::Production => LogFormat::Json,
        })
    }
}

/// `10.0.0.0/8`, or one address.
fn parse_network(text: &str) -> Option<IpNet> {
    let text = text.trim();
    let single = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse().ok().or_else(single)
}

impl Smtp {
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            SmtpSecurity::StartTls => 587,
            SmtpSecurity::Tls => 465,
            SmtpSecurity::None => 25,
        })
    }
}
