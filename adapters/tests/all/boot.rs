//! Opening a shop: its folder, its key, its schema.

use sea_orm::{ConnectionTrait, Statement};
use std::io::Write as _;
use vitrine_adapters::{
    boot::{self, Booted},
    config::{Config, Environment, Secret},
    queue::Consumer,
};
use vitrine_commerce::ports::{IdSource, ids::SystemIds};

fn config(url: &str, folder: &std::path::Path) -> Config {
    let mut config = Config::default();
    config.database.url = Secret::new(url);
    config.auth.key_file = folder.join("keys/signing.key");
    config.mail.folder = folder.join("mail");
    config
}

async fn ask(booted: &Booted, sql: &str) -> i64 {
    let statement = Statement::from_string(booted.shop.db.get_database_backend(), sql);
    let row = booted
        .shop
        .db
        .query_one_raw(statement)
        .await
        .expect("an answer")
        .expect("a row");
    row.try_get_by_index::<i32>(0).map(i64::from).expect("a number")
}

#[tokio::test]
async fn an_embedded_shop_makes_what_it_needs() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("not/there/yet/shop.db").display()
    );
    let config = config(&url, folder.path());
    let booted = boot::boot(&config).await.expect("a shop");
    assert!(matches!(booted.consumer, Consumer::InProcess(_)));
    assert_eq!(booted.mail_folder, Some(folder.path().join("mail")));
    // FULL is 2: a commit survives a power cut.
    assert_eq!(
        (
            ask(&booted, "pragma synchronous").await,
            ask(&booted, "pragma foreign_keys").await
        ),
        (2, 1)
    );
    let components = booted.health().await;
    assert!(components.iter().all(|component| component.ok), "{components:?}");

    // A second one, while the first is open: the same key, and its schema is there.
    let again = boot::boot(&config).await.expect("a shop");
    assert_eq!(again.shop.settings.signing_secret, booted.shop.settings.signing_secret);
    assert!(booted.shop.settings.signing_secret.len() >= 64);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&config.auth.key_file)
            .expect("a key")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_shop_in_memory_shares_one_connection() {
    let folder = tempfile::tempdir().expect("a folder");
    let booted = boot::boot(&config("sqlite::memory:", folder.path()))
        .await
        .expect("a shop");
    let provider = booted.simulated.expect("the simulated provider");
    assert!(provider.ledger().await.expect("its tables are there").is_empty());
}

/// Whether production opens `config`'s shop, and what it says if it does not.
async fn opens_in_production(mut config: Config) -> Result<(), String> {
    config.environment = Environment::Production;
    let booted = boot::boot(&config).await.expect("a shop");
    let refused = booted.refuse_hazards(&config).await;
    refused.map_err(|error| format!("{error:#}"))
}

#[tokio::test]
async fn production_refuses_what_forgets_orders() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("shop.db").display());
    opens_in_production(config(&url, folder.path()))
        .await
        .expect("a file is safe");
    let mut forgetful = config("sqlite::memory:", folder.path());
    let said = opens_in_production(forgetful.clone())
        .await
        .expect_err("it is gone with the process");
    assert!(
        said.contains("in memory") && said.contains("`database.allow_data_loss`"),
        "{said}"
    );
    forgetful.database.allow_data_loss = true;
    opens_in_production(forgetful).await.expect("it is meant");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_is_migrated_by_hand_and_only_once() {
    let Ok(server) = std::env::var("VITRINE_TEST_DATABASE_URL") else {
        // Past the capture: a test never skips itself in silence.
        let _ = writeln!(
            std::io::stderr(),
            "not tried: the opening of a shop on PostgreSQL (VITRINE_TEST_DATABASE_URL)"
        );
        return;
    };
    let name = format!("boot_{}", SystemIds::default().unguessable().simple());
    let admin = sea_orm::Database::connect(&server).await.expect("a PostgreSQL");
    admin
        .execute_unprepared(&format!("create database {name}"))
        .await
        .expect("a database");
    let (base, _) = server.rsplit_once('/').expect("a database's name");
    let folder = tempfile::tempdir().expect("a folder");
    let config = config(&format!("{base}/{name}"), folder.path());

    let error = boot::boot(&config).await.err().expect("its schema is not there");
    assert!(error.to_string().contains("run `vitrine migrate` first"), "{error:#}");
    let migrate = || boot::migrate(&config);
    let (a, b, c, d) = tokio::join!(migrate(), migrate(), migrate(), migrate());
    a.and(b).and(c).and(d).expect("four at once");
    let booted = boot::boot(&config).await.expect("a shop");

    // A newer server has migrated further: this one still opens.
    let newer = "insert into seaql_migrations (version, applied_at) values ('m9999_later', 0)";
    booted.shop.db.execute_unprepared(newer).await.expect("inserted");
    boot::boot(&config).await.expect("a shop");

    // As its administrator may have set it; sessions that are open keep what they have.
    let faster = format!("alter database {name} set synchronous_commit = off");
    admin.execute_unprepared(&faster).await.expect("set");
    let said = opens_in_production(config).await.expect_err("it forgets at a crash");
    assert!(said.contains("`synchronous_commit` is off"), "{said}");
}
