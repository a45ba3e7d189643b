//! What a configuration may say, and what is said about one that cannot be used.

use vitrine_adapters::config::{Config, ConfigError, DatabaseKind, Environment, LogFormat, SmtpSecurity};

const EXAMPLE: &str = include_str!("../../../vitrine.example.toml");

pub(crate) const SECRET: &str = "signing_secret = 'a-secret-of-thirty-two-bytes-or-so'";

#[test]
fn the_example_shows_the_defaults() {
    assert_eq!(
        Config::from_toml(EXAMPLE).expect("the example is valid"),
        Config::default()
    );
    assert_eq!(Config::from_toml("").expect("nothing is valid"), Config::default());
}

#[test]
fn the_example_names_every_key() {
    // Uncommented, its optional keys are valid too, and none is left at its default.
    let uncommented: String = EXAMPLE
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with('[') || rest.split_once(" = ").is_some_and(|(key, _)| is_key(key)) => rest,
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
        .replace("\"…\"", "\"0123456789012345678901234567890123456789\"");
    let config = Config::from_toml(&uncommented).expect("the example's optional keys are valid");
    // Whatever is a secret says so when it is printed, and is among those that no output shows.
    assert_eq!(
        format!("{config:?}").matches("Secret(…)").count(),
        config.secrets().len(),
        "one is missing in config/secrets.rs"
    );
    assert!(
        !config
            .without_secrets("key 0123456789012345678901234567890123456789")
            .contains("0123")
    );
    assert_eq!(config.redis.expect("redis").prefix, "vitrine");
    assert_eq!(config.search.meilisearch.expect("meilisearch").index, "products");
    let smtp = config.mail.smtp.expect("smtp");
    assert_eq!(
        (smtp.port(), smtp.security, smtp.timeout_seconds),
        (587, SmtpSecurity::StartTls, 15)
    );
    assert!(smtp.username.is_some() && smtp.password.is_some());
    assert!(config.shop.alerts_to.is_some());
    assert!(
        config.shop.order_url.is_some() && config.http.public_url.is_some() && config.auth.signing_secret.is_some()
    );
    assert!(config.payment.simulated.webhook_secret.is_some() && config.payment.simulated.webhook_url.is_some());
    let payment = &config.payment;
    assert!(payment.stripe.secret_key.is_some() && payment.stripe.publishable_key.is_some());
    assert!(payment.paypal.is_set_up() && payment.paypal.webhook_id.is_some() && payment.klarna.is_set_up());
    assert_eq!(
        payment.bank_transfer.as_ref().map(|transfer| transfer.hold_days),
        Some(7)
    );
    assert!(payment.cash_on_delivery.is_some());
    assert!(
        payment
            .on_account
            .as_ref()
            .is_some_and(|account| account.second_reminder_days.is_some())
    );
    assert_eq!(config.log.format, Some(LogFormat::Text));
    let telemetry = &config.telemetry;
    assert!(telemetry.endpoint().is_some() && telemetry.service_name.is_some() && telemetry.otlp_headers.len() == 1);
}

#[test]
fn a_collector_is_named_by_its_address() {
    // As Compose hands on what nobody has set.
    let none = read("", &[("VITRINE_TELEMETRY__OTLP_ENDPOINT", "")]).expect("a valid configuration");
    assert_eq!(none.telemetry.endpoint(), None);
    let variables = [
        ("VITRINE_TELEMETRY__OTLP_ENDPOINT", "http://collector:4318"),
        (
            "VITRINE_TELEMETRY__OTLP_HEADERS",
            "authorization=Bearer abc, x-tenant=shop",
        ),
        ("VITRINE_TELEMETRY__SAMPLING", "0.1"),
    ];
    let named = read("", &variables).expect("a valid configuration").telemetry;
    assert_eq!(named.endpoint(), Some("http://collector:4318"));
    assert_eq!(named.otlp_headers.len(), 2);
    assert!((named.sampling - 0.1).abs() < 1e-6, "{}", named.sampling);
    let error = Config::from_toml(
        "[telemetry]\notlp_endpoint = 'collector:4317'\notlp_headers = ['hunter2']\nsampling = 10\nservice_name = ''",
    )
    .expect_err("four faults");
    assert_eq!(error.0.len(), 4, "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

fn is_key(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

#[test]
fn the_environment_wins_and_is_only_text() {
    let config = read(
        "[database]\nmax_connections = 3",
        &[
            ("VITRINE_ENVIRONMENT", "development"),
            ("VITRINE_DATABASE__URL", "postgres://shop:0123@db/shop"),
            ("VITRINE_DATABASE__MAX_CONNECTIONS", "40"),
            ("VITRINE_SHOP__PRICES_INCLUDE_TAX", "false"),
            ("VITRINE_HTTP__CORS_ORIGINS", "https://a.example, https://b.example"),
            ("VITRINE_MAIL__SMTP__HOST", "localhost"),
            ("VITRINE_MAIL__SMTP__SECURITY", "none"),
            ("VITRINE_MAIL__SMTP__PASSWORD", "007"),
            // None of ours: Kubernetes, the tests, compose.
            ("VITRINE_PORT_8080_TCP", "tcp://10.0.0.1:8080"),
            ("VITRINE_TEST_DATABASE_URL", "postgres://…"),
            ("VITRINE_POSTGRES_PORT", "5432"),
            ("HOME", "/"),
        ],
    )
    .expect("a valid configuration");
    assert_eq!(config.environment, Environment::Development);
    assert_eq!(config.database_kind(), DatabaseKind::Postgres);
    assert_eq!(config.database.max_connections, 40);
    assert_eq!(config.shop.prices_include_tax, Some(false));
    assert_eq!(config.http.cors_origins, ["https://a.example", "https://b.example"]);
    let smtp = config.mail.smtp.expect("smtp");
    assert_eq!((smtp.host.as_str(), smtp.port()), ("localhost", 25));
    // Not the number 7.
    assert_eq!(smtp.password.expect("a password").expose(), "007");
}

#[test]
fn a_file_may_hold_a_secret() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("secret");
    std::fs::write(&file, "0123456789012345678901234567890123456789\n").expect("a file");
    let path = file.to_str().expect("a path").to_owned();
    let config = read("", &[("VITRINE_AUTH__SIGNING_SECRET_FILE", &path)]).expect("a valid configuration");
    assert_eq!(
        config.auth.signing_secret.expect("a secret").expose(),
        "0123456789012345678901234567890123456789"
    );

    let error = read("", &[("VITRINE_AUTH__SIGNING_SECRET_FILE", "/nowhere/at/all")]).expect_err("no such file");
    assert!(
        error
            .to_string()
            .contains("`VITRINE_AUTH__SIGNING_SECRET_FILE` names the file `/nowhere/at/all`"),
        "{error}"
    );

    let config = read("", &[("VITRINE_AUTH__KEY_FILE", "elsewhere.key")]).expect("a key of its own name");
    assert_eq!(config.auth.key_file.to_str(), Some("elsewhere.key"));
}

/// A file, variables, and what the error must say.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[test]
fn an_error_names_the_key_the_place_and_the_remedy() {
    let cases: [Case; 8] = [
        (
            "[http]\nadress = 'x'",
            &[],
            &["`http.adress` is not a known key", "TOML source string", "address"],
        ),
        ("colour = 'red'", &[], &["`colour` is not a known key", "shop"]),
        (
            "",
            &[("VITRINE_HTTP__ADRESS", "x")],
            &["`http.adress` is not a known key", "VITRINE_HTTP__ADRESS"],
        ),
        (
            "",
            &[("VITRINE_DATABASE__MAX_CONNECTIONS", "many")],
            &[
                "`database.max_connections` is not u32",
                "VITRINE_DATABASE__MAX_CONNECTIONS",
            ],
        ),
        (
            "environment = 'staging'",
            &[],
            &["`environment` cannot be `staging`", "development, production"],
        ),
        (
            "[shop]\ncurrency = 'EURO'",
            &[],
            &["`shop.currency` cannot be `EURO`", "TOML source string", "ISO 4217"],
        ),
        (
            "",
            &[("VITRINE_WORKER__MAIL", "0")],
            &["`worker.mail` cannot be 0", "VITRINE_WORKER__MAIL"],
        ),
        ("[mail.smtp]\nport = 25", &[], &["`mail.smtp.host` is missing"]),
    ];
    for (toml, environment, expected) in cases {
        let error = read(toml, environment).expect_err(toml).to_string();
        for part in expected {
            assert!(error.contains(part), "`{part}` is not in: {error}");
        }
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let error = Config::from_toml(
        "[shop]\ncountry = 'de'\nlocale = ''\n[auth]\nsigning_secret = 'short'\n[privacy]\naccount_mail_days = 4",
    )
    .expect_err("four faults");
    assert_eq!(error.0.len(), 4, "{error}");
}

#[test]
fn production_refuses_what_is_unsafe() {
    let production = format!("environment = 'production'\n[auth]\n{SECRET}\n[payment]\nallow_simulated = true\n");
    let config = Config::from_toml(&production).expect("the least that production needs");
    assert_eq!(config.log_format(), LogFormat::Json);
    let warnings = config.warnings().join("\n");
    assert!(
        warnings.contains("http.public_url") && warnings.contains("takes no money"),
        "{warnings}"
    );

    let without_secret = "environment = 'production'\n[payment]\nallow_simulated = true\n".to_owned();
    let without_money = format!("environment = 'production'\n[auth]\n{SECRET}\n");
    let with_redis = format!("{production}[redis]\nurl = 'redis://localhost'\n");
    let without_key = format!("environment = 'production'\n[auth]\n{SECRET}\n[payment]\nprovider = 'stripe'\n");
    for (toml, key) in [
        (without_secret, "`auth.signing_secret`"),
        (without_money, "`payment.provider`"),
        (without_key, "`payment.stripe.secret_key`"),
        (with_redis, "`database.url`"),
    ] {
        let error = Config::from_toml(&toml).expect_err(key).to_string();
        assert!(error.contains(key), "{error}");
    }
}

#[test]
fn replicas_are_those_of_a_postgresql() {
    let postgres = "[database]\nurl = 'postgres://primary/shop'\n";
    let config = Config::from_toml(&format!(
        "{postgres}replicas = ['postgresql://a/shop', 'postgres://b/shop']"
    ));
    let config = config.expect("two standbys");
    assert_eq!(
        (config.database.replicas.len(), config.database.replica_lag_max_ms),
        (2, 1_000)
    );
    let environment = [
        ("VITRINE_DATABASE__URL", "postgres://primary/shop"),
        (
            "VITRINE_DATABASE__REPLICAS",
            "postgres://a/shop, postgres://:hunter2@b/shop",
        ),
    ];
    let config = read("", &environment).expect("with commas between");
    assert_eq!(config.database.replicas[0].expose(), "postgres://a/shop");
    assert!(
        !config
            .without_secrets("at postgres://:hunter2@b/shop")
            .contains("hunter2")
    );
    for (toml, told) in [
        (
            "[database]\nreplicas = ['postgres://a/shop']".to_owned(),
            "SQLite, which has no replicas",
        ),
        (format!("{postgres}replicas = ['mysql://a/shop']"), "is not PostgreSQL"),
        (
            format!("{postgres}replicas = ['postgres://primary/shop']"),
            "names the primary",
        ),
        (
            format!("{postgres}replicas = ['postgres://a/shop', 'postgres://a/shop']"),
            "a replica twice",
        ),
        (format!("{postgres}replica_lag_max_ms = 10"), "from 100 to 60000"),
    ] {
        let error = Config::from_toml(&toml).expect_err(&toml).to_string();
        assert!(error.contains("`database.replica") && error.contains(told), "{error}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let toml = format!(
        "[database]\nurl = 'postgres://shop:hunter2@db/shop'\n[redis]\nurl = 'redis://:hunter2@redis'\n[auth]\n{SECRET}\n\
         [mail.smtp]\nhost = 'mail'\npassword = 'hunter2'\n[payment.simulated]\nwebhook_secret = 'hunter2'\n\
         [payment.stripe]\nsecret_key = 'sk_test_hunter2'\nwebhook_secrets = ['whsec_hunter2']\n\
         [search.meilisearch]\nurl = 'http://search'\napi_key = 'hunter2'\n[telemetry]\notlp_headers = ['authorization=hunter2']"
    );
    let shown = format!("{:?}", Config::from_toml(&toml).expect("a valid configuration"));
    assert!(!shown.contains("hunter2") && !shown.contains("thirty-two"), "{shown}");

    let error = Config::from_toml("[mail.smtp]\nhost = 'mail'\npassword = 48151623").expect_err("a number");
    assert!(
        error.to_string().contains("`mail.smtp.password`") && !error.to_string().contains("48151623"),
        "{error}"
    );
}

pub(crate) fn read(toml: &str, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let variables = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::from_toml_and_environment(toml, variables)
}

#[test]
fn an_origin_is_written_as_a_browser_sends_it() {
    for origin in ["*", "foo", "https://shop.example.com/", "https://", "null"] {
        let error = Config::from_toml(&format!("[http]\ncors_origins = [\"{origin}\"]")).unwrap_err();
        assert!(error.to_string().contains("http.cors_origins"), "{origin}: {error}");
    }
    Config::from_toml("[http]\ncors_origins = [\"https://shop.example.com\", \"http://127.0.0.1:3000\"]").unwrap();
}
