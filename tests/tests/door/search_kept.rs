//! An embedded shop's search index lies beside its database and outlives the server: opened and caught up, and built
//! anew only where it is another's or broken.

use std::{fs, path::PathBuf};

use sea_orm::ConnectionTrait;
use tempfile::TempDir;
use vitrine_adapters::{
    boot::{self, Booted, Outside},
    config::Config,
};
use vitrine_commerce::{
    Context,
    catalog::index,
    jobs::Job,
    ports::search::{SearchError, SearchRequest},
};

struct Place {
    folder: TempDir,
}

impl Place {
    fn config(&self) -> Config {
        let text = format!(
            "[database]\nurl = \"sqlite://{}?mode=rwc\"\n[auth]\nsigning_secret = \"for a test, and long enough for one\"\n\
             [mail]\nfolder = \"{}\"\n[media]\nfolder = \"{}\"\n",
            self.folder.path().join("shop.db").display(),
            self.folder.path().join("mail").display(),
            self.folder.path().join("media").display(),
        );
        Config::from_toml(&text).unwrap()
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("shop.db-search")
    }

    /// The shop, its index opened; whoever drops it has killed the server.
    async fn start(&self) -> Booted {
        let config = self.config();
        let booted = boot::boot_with(&config, Outside::default()).await.unwrap();
        booted.open_search(&config).await.unwrap();
        booted
    }

    /// The folders of indexes that there are.
    fn indexes(&self) -> Vec<String> {
        let entries = fs::read_dir(self.index()).unwrap().map(|entry| entry.unwrap());
        let folders = entries.filter(|entry| entry.file_type().unwrap().is_dir());
        folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
    }
}

/// How many products a search finds.
async fn found(booted: &Booted, text: &str) -> Result<usize, SearchError> {
    let request = SearchRequest {
        text: text.to_owned(),
        limit: 10,
        ..SearchRequest::default()
    };
    Ok(booted.shop.search.search(&request).await?.total)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_index_outlives_its_server() {
    let place = Place {
        folder: tempfile::tempdir().unwrap(),
    };
    let booted = place.start().await;
    vitrine_demo::seed(&booted.shop, &Context::system(&booted.shop, "test"), |_, _| {})
        .await
        .unwrap();
    // The demo's products are written without jobs: a start finds what the index lacks.
    drop(booted);
    let booted = place.start().await;
    let all = found(&booted, "").await.unwrap();
    let lamps = found(&booted, "lamp").await.unwrap();
    assert!(all > lamps && lamps > 0, "{lamps} of {all}");
    let first = place.indexes();
    assert_eq!(first.len(), 1);

    // Killed, and opened again: the same index, with what was written to it.
    let removed = index::documents(&booted.shop, None, 1).await.unwrap().remove(0);
    booted.shop.search.remove(&[removed.id]).await.unwrap();
    assert_eq!(found(&booted, "").await.unwrap(), all - 1);
    let other = index::documents(&booted.shop, Some(removed.id), 1)
        .await
        .unwrap()
        .remove(0);
    let hundred_more = format!(
        "update product_listing set sold = sold + 100 where product_id = x'{}'",
        other.id.0.simple()
    );
    booted.shop.db.execute_unprepared(&hundred_more).await.unwrap();
    drop(booted);
    let booted = place.start().await;
    assert_eq!(place.indexes(), first);
    assert_eq!(found(&booted, "").await.unwrap(), all, "what it lacks is added");

    // Closed in good order, and opened again.
    booted.close_search().await;
    drop(booted);
    let booted = place.start().await;
    assert_eq!(
        (place.indexes(), found(&booted, "lamp").await.unwrap()),
        (first.clone(), lamps)
    );

    // A second process leaves the index to the first, and has one of its own.
    let second = place.start().await;
    assert_eq!(found(&second, "lamp").await.unwrap(), lamps);
    assert_eq!(
        (place.indexes(), found(&booted, "lamp").await.unwrap()),
        (first.clone(), lamps)
    );
    drop((booted, second));

    // Of another shop, or of this one at another time. What is built anew may have the same name.
    let witness = || place.index().join(&place.indexes()[0]).join("witness");
    fs::write(witness(), "").unwrap();
    let booted = boot::boot_with(&place.config(), Outside::default()).await.unwrap();
    index::set_mark(&booted.shop, "another").await.unwrap();
    drop(booted);
    let booted = place.start().await;
    assert_eq!(found(&booted, "lamp").await.unwrap(), lamps);
    assert!(!witness().exists());
    drop(booted);

    // Broken: a bit of every file has changed.
    fs::write(witness(), "").unwrap();
    let now = place.index().join(&place.indexes()[0]);
    for file in fs::read_dir(&now).unwrap().map(|entry| entry.unwrap().path()) {
        let mut bytes = fs::read(&file).unwrap();
        if let Some(byte) = bytes.first_mut() {
            *byte ^= 1;
        }
        fs::write(&file, bytes).unwrap();
    }
    let booted = place.start().await;
    assert_eq!(found(&booted, "lamp").await.unwrap(), lamps);
    assert!(!witness().exists(), "{:?}", place.indexes());

    // An index is built beside the one in use, and takes its place.
    let before = place.indexes();
    index::reindex(&booted.shop, |_, _| ()).await.unwrap();
    assert_eq!(
        (place.indexes().len(), found(&booted, "lamp").await.unwrap()),
        (1, lamps)
    );
    assert_ne!(place.indexes(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_restored_from_a_backup_does_not_believe_a_newer_index() {
    let place = Place {
        folder: tempfile::tempdir().unwrap(),
    };
    let booted = place.start().await;
    let context = Context::system(&booted.shop, "test");
    vitrine_demo::seed(&booted.shop, &context, |_, _| {}).await.unwrap();
    drop(booted);
    let booted = place.start().await;
    let (database, backup) = (
        place.folder.path().join("shop.db"),
        place.folder.path().join("backup.db"),
    );
    let copy = format!("vacuum into '{}'", backup.display());
    booted.shop.db.execute_unprepared(&copy).await.unwrap();

    // After the backup a product has another name, and is found by it.
    let renamed = index::documents(&booted.shop, None, 1).await.unwrap().remove(0);
    let product = renamed.id;
    let rename = booted.shop.transact(&context, |tx| async move {
        let sql = format!(
            "update product set title = 'Zeppelin' where id = x'{}'",
            product.0.simple()
        );
        tx.db().execute_unprepared(&sql).await?;
        tx.enqueue(
            None,
            Job::IndexProducts {
                products: vec![product],
            },
        );
        Ok(())
    });
    rename.await.unwrap();
    let now = index::documents(&booted.shop, None, 1).await.unwrap();
    booted.shop.search.upsert(&now).await.unwrap();
    assert_eq!(found(&booted, "zeppelin").await.unwrap(), 1);
    drop(booted);

    // The database that it was made of goes on with it.
    let witness = place.index().join(&place.indexes()[0]).join("witness");
    fs::write(&witness, "").unwrap();
    let booted = place.start().await;
    assert_eq!(found(&booted, "zeppelin").await.unwrap(), 1);
    assert!(witness.exists(), "the index was built anew");
    drop(booted);

    for file in ["shop.db", "shop.db-wal", "shop.db-shm"] {
        let _ = fs::remove_file(place.folder.path().join(file));
    }
    fs::copy(backup, database).unwrap();
    let booted = place.start().await;
    assert_eq!(found(&booted, "zeppelin").await.unwrap(), 0);
    assert!(found(&booted, &renamed.title).await.unwrap() > 0);
}
