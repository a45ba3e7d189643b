//! Backups, wherever they lie: made, listed, kept by a rule, and put back.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;
use vitrine_adapters::{
    backup::{self, Keep, Place, Source},
    boot,
    config::{Config, S3, Secret},
};
use vitrine_tests::s3_stand_in::{self, S3StandIn};

/// Larger than what is sent at once.
const BALLAST: &str = "create table ballast (content blob); insert into ballast values (zeroblob(9000000))";

fn config(folder: &TempDir, name: &str) -> Config {
    let mut config = Config::default();
    config.database.url = Secret::new(format!("sqlite://{}?mode=rwc", folder.path().join(name).display()));
    config.backup.folder = folder.path().join("backups");
    config.backup.daily_at = Some("02:30".to_owned());
    config.backup.keep = "2d".to_owned();
    config
}

async fn run(config: &Config, sql: &str) {
    let db = boot::open_database(config).await.unwrap();
    db.execute_unprepared(sql).await.unwrap();
    db.close().await.unwrap();
}

async fn things(config: &Config) -> i64 {
    let db = boot::open_database(config).await.unwrap();
    let ask = Statement::from_string(db.get_database_backend(), "select count(*) from thing");
    let count = db
        .query_one_raw(ask)
        .await
        .unwrap()
        .unwrap()
        .try_get_by_index(0)
        .unwrap();
    db.close().await.unwrap();
    count
}

async fn keeps_every_promise(folder: &TempDir, config: &Config) {
    let place = Place::of(&config.backup).unwrap();
    assert!(backup::list(&place).await.unwrap().is_empty());
    boot::migrate(config).await.unwrap();
    run(config, BALLAST).await;
    run(config, "create table thing (a int)").await;
    let keep: Keep = "2d".parse().unwrap();
    let first: DateTime<Utc> = "2026-11-28T02:30:00Z".parse().unwrap();
    for day in 0..3 {
        run(config, "insert into thing values (1)").await;
        let made = backup::make(config, &place, &keep, first + TimeDelta::days(day), &|done, total| {
            assert!(done <= total)
        });
        let made = made.await.unwrap();
        assert!(made.manifest.bytes > 9_000_000 && made.manifest.migration.starts_with("m0"));
        let gone: &[&str] = if day == 2 { &["shop-20261128T023000Z.db"] } else { &[] };
        assert_eq!(made.removed, gone);
    }
    let names: Vec<_> = backup::list(&place)
        .await
        .unwrap()
        .into_iter()
        .map(|manifest| manifest.name)
        .collect();
    assert_eq!(names, ["shop-20261130T023000Z.db", "shop-20261129T023000Z.db"]);

    let mut elsewhere = self::config(folder, "elsewhere/shop.db");
    elsewhere.backup = config.backup.clone();
    let now = first + TimeDelta::days(4);
    let restored = backup::restore(&elsewhere, &place, &Source::Latest, false, now)
        .await
        .unwrap();
    assert!(restored.set_aside.is_none() && !restored.is_newer);
    assert_eq!(things(&elsewhere).await, 3);
    let former = Source::Named(names[1].clone());
    let refused = backup::restore(&elsewhere, &place, &former, false, now).await;
    assert!(refused.unwrap_err().to_string().contains("there is a database"));
    let open = boot::open_database(&elsewhere).await.unwrap();
    open.execute_unprepared("select 1 from thing").await.unwrap();
    let refused = backup::restore(&elsewhere, &place, &former, true, now).await;
    assert!(refused.unwrap_err().to_string().contains("another program has"));
    open.close().await.unwrap();
    let restored = backup::restore(&elsewhere, &place, &former, true, now).await.unwrap();
    assert_eq!(things(&elsewhere).await, 2);
    assert!(restored.set_aside.unwrap().exists());

    // No rule has a copy removed that another could not replace: a shop that cannot be copied keeps what it has.
    let nothing = self::config(folder, "nothing/shop.db");
    assert!(backup::make(&nothing, &place, &keep, now, &|_, _| {}).await.is_err());
    assert_eq!(backup::list(&place).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_folder_keeps_every_promise() {
    let folder = tempfile::tempdir().unwrap();
    let config = config(&folder, "shop.db");
    keeps_every_promise(&folder, &config).await;
    let left = std::fs::read_dir(folder.path().join("backups")).unwrap();
    assert_eq!(left.count(), 4, "two copies with their manifests, and no draft");

    // By itself once a night; the first does not wait, and nights that nobody was there for are one.
    let night: DateTime<Utc> = "2026-12-05T02:29:00Z".parse().unwrap();
    for (minutes, newest) in [
        (0, "shop-20261205T022900Z.db"),
        (1, "shop-20261205T023000Z.db"),
        (600, "shop-20261205T023000Z.db"),
    ] {
        backup::run_if_due(&config, night + TimeDelta::minutes(minutes))
            .await
            .unwrap();
        let all = backup::list(&Place::of(&config.backup).unwrap()).await.unwrap();
        assert_eq!(all[0].name, newest);
        assert_eq!(backup::last_success(), all[0].made_at.timestamp());
    }
}

#[tokio::test]
async fn an_s3_store_keeps_every_promise() {
    let folder = tempfile::tempdir().unwrap();
    let server = S3StandIn::start().await.unwrap();
    let mut config = config(&folder, "shop.db");
    config.backup.s3 = Some(S3 {
        endpoint: Some(server.url().to_owned()),
        bucket: s3_stand_in::BUCKET.to_owned(),
        region: s3_stand_in::REGION.to_owned(),
        access_key_id: Secret::new(s3_stand_in::ACCESS_KEY_ID),
        secret_access_key: Secret::new(s3_stand_in::SECRET_ACCESS_KEY),
        prefix: "backups".to_owned(),
        path_style: true,
        allow_http: true,
    });
    keeps_every_promise(&folder, &config).await;
    assert!(server.objects().keys().all(|name| name.starts_with("backups/shop-")));
    assert!(!folder.path().join("backups").exists());
    let drafts = std::fs::read_dir(folder.path()).unwrap();
    assert!(
        !drafts
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().ends_with(".partial"))
    );
}
