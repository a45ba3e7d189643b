//! What every store of pictures must do, run on a folder, in memory, on S3's adapter over the stand-in, and
//! on a real S3-compatible store where `VITRINE_TEST_S3_URL`, `…_BUCKET`, `…_KEY_ID` and `…_SECRET` name one.

use std::{env, io::Write, sync::Arc};

use futures::TryStreamExt;
use tempfile::TempDir;
use uuid::Uuid;
use vitrine_adapters::{
    config::{S3, Secret},
    media::{FolderStore, Objects, s3},
};
use vitrine_commerce::ports::{
    MediaStore,
    media_store::{ByteRange, MediaStoreError},
};
use vitrine_tests::s3_stand_in::{self, S3StandIn};

type Store = Arc<dyn MediaStore>;

async fn content(store: &Store, name: &str, range: Option<ByteRange>) -> Option<Vec<u8>> {
    let object = store.get(name, range).await.unwrap()?;
    let chunks: Vec<Vec<u8>> = object.content.try_collect().await.unwrap();
    let content = chunks.concat();
    assert_eq!(object.range.end - object.range.start, content.len() as u64);
    Some(content)
}

async fn what_is_put_is_there(store: Store) {
    let name = "originals/ab12.jpg";
    assert!(!store.exists(name).await.unwrap());
    assert_eq!(content(&store, name, None).await, None);
    store.put(name, b"a picture".to_vec(), "image/jpeg").await.unwrap();
    assert!(store.exists(name).await.unwrap());
    assert_eq!(content(&store, name, None).await.unwrap(), b"a picture");
    assert_eq!(store.get(name, None).await.unwrap().unwrap().size, 9);
    // What is beneath it, and beside it, is another.
    for other in ["originals", "originals/ab12", "originals/ab12.jp", "ab12.jpg"] {
        assert_eq!(content(&store, other, None).await, None, "{other}");
    }
}

async fn putting_again_replaces(store: Store) {
    for bytes in [b"first".to_vec(), vec![7; 3_000_000], b"last".to_vec()] {
        store.put("staged/one", bytes.clone(), "image/png").await.unwrap();
        assert_eq!(content(&store, "staged/one", None).await.unwrap(), bytes);
    }
}

async fn a_part_is_given(store: Store) {
    store.put("a.bin", (0..100).collect(), "image/gif").await.unwrap();
    let part = async |range| content(&store, "a.bin", Some(range)).await.unwrap();
    assert_eq!(part(ByteRange::Between(0, 0)).await, [0]);
    assert_eq!(part(ByteRange::Between(10, 19)).await, (10..20).collect::<Vec<u8>>());
    assert_eq!(
        part(ByteRange::Between(90, 5_000)).await,
        (90..100).collect::<Vec<u8>>()
    );
    assert_eq!(part(ByteRange::From(98)).await, [98, 99]);
    assert_eq!(part(ByteRange::Last(2)).await, [98, 99]);
    assert_eq!(part(ByteRange::Last(1_000)).await.len(), 100);
    for beyond in [ByteRange::Between(100, 110), ByteRange::From(100), ByteRange::Last(0)] {
        let refused = store.get("a.bin", Some(beyond)).await;
        assert!(matches!(refused, Err(MediaStoreError::Range)), "{beyond:?}");
    }
    let missing = store.get("b.bin", Some(ByteRange::From(0))).await.unwrap();
    assert!(missing.is_none());
}

async fn what_is_deleted_is_gone(store: Store) {
    store.delete("never/there.png").await.unwrap();
    store
        .put("renditions/ab/800.webp", b"x".to_vec(), "image/webp")
        .await
        .unwrap();
    store
        .put("renditions/ab/400.webp", b"y".to_vec(), "image/webp")
        .await
        .unwrap();
    store.delete("renditions/ab/800.webp").await.unwrap();
    store.delete("renditions/ab/800.webp").await.unwrap();
    assert_eq!(content(&store, "renditions/ab/800.webp", None).await, None);
    assert_eq!(content(&store, "renditions/ab/400.webp", None).await.unwrap(), b"y");
}

async fn no_name_leads_elsewhere(store: Store) {
    for name in ["../outside.png", "a/../../outside.png", "/etc/passwd", "a//b"] {
        store.put(name, name.as_bytes().to_vec(), "image/png").await.unwrap();
        assert_eq!(content(&store, name, None).await.unwrap(), name.as_bytes(), "{name}");
    }
}

async fn all(open: impl Fn() -> Store) {
    what_is_put_is_there(open()).await;
    putting_again_replaces(open()).await;
    a_part_is_given(open()).await;
    what_is_deleted_is_gone(open()).await;
    no_name_leads_elsewhere(open()).await;
}

#[tokio::test]
async fn a_folder_keeps_every_promise() {
    let outside = tempfile::tempdir().unwrap();
    let mut folders: Vec<TempDir> = Vec::new();
    let inside = (0..5).map(|_| TempDir::new_in(outside.path()).unwrap());
    folders.extend(inside);
    let next = std::sync::atomic::AtomicUsize::new(0);
    all(|| -> Store {
        let folder = &folders[next.fetch_add(1, std::sync::atomic::Ordering::SeqCst)];
        Arc::new(FolderStore::new(folder.path().join("made/when/needed")))
    })
    .await;
    // Nothing was written beside the stores' own folders.
    let beside = std::fs::read_dir(outside.path()).unwrap().count();
    assert_eq!(beside, folders.len());
    assert!(
        folders
            .iter()
            .all(|folder| std::fs::read_dir(folder.path()).unwrap().count() == 1)
    );
}

#[tokio::test]
async fn memory_keeps_every_promise() {
    all(|| -> Store {
        Arc::new(Objects::new(
            Arc::new(object_store::memory::InMemory::new()),
            "shop",
            true,
        ))
    })
    .await;
}

#[tokio::test]
async fn s3_keeps_every_promise_over_the_stand_in() {
    let server = S3StandIn::start().await.unwrap();
    let shops = std::sync::atomic::AtomicUsize::new(0);
    all(|| -> Store {
        let number = shops.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Arc::new(s3(&settings(&server, &format!("shop-{number}"))).unwrap())
    })
    .await;
    let objects = server.objects();
    assert!(
        objects.keys().all(|name| name.starts_with("shop-")),
        "{:?}",
        objects.keys()
    );
    assert_eq!(
        objects["shop-0/originals/ab12.jpg"].content_type.as_deref(),
        Some("image/jpeg")
    );
}

#[tokio::test]
async fn a_store_that_is_away_is_told_as_such() {
    let server = S3StandIn::start().await.unwrap();
    let wrong = S3 {
        access_key_id: Secret::new("SOMEBODYELSE"),
        ..settings(&server, "")
    };
    let refused = s3(&wrong).unwrap().put("a", b"x".to_vec(), "image/png").await;
    assert!(matches!(refused, Err(MediaStoreError::Unavailable(_))));
    let nobody = S3 {
        endpoint: Some("http://127.0.0.1:9".to_owned()),
        ..settings(&server, "")
    };
    let away = s3(&nobody).unwrap().exists("a").await;
    assert!(matches!(away, Err(MediaStoreError::Unavailable(_))));
}

#[tokio::test]
async fn a_real_store_keeps_every_promise() {
    let Some(real) = real_store() else {
        tell_not_tried();
        return;
    };
    all(|| -> Store {
        let prefix = format!("vitrine-test/{}", unique());
        Arc::new(s3(&S3 { prefix, ..real.clone() }).unwrap())
    })
    .await;
}

/// Past the capture of the output: a check that did not run must not look as if.
fn tell_not_tried() {
    let told = "not tried: the contract of pictures' stores on a real S3 (VITRINE_TEST_S3_URL)";
    #[expect(
        clippy::explicit_write,
        reason = "what a test prints by itself is shown only if it fails"
    )]
    writeln!(std::io::stderr(), "{told}").unwrap();
}

fn settings(server: &S3StandIn, prefix: &str) -> S3 {
    S3 {
        endpoint: Some(server.url().to_owned()),
        bucket: s3_stand_in::BUCKET.to_owned(),
        region: s3_stand_in::REGION.to_owned(),
        access_key_id: Secret::new(s3_stand_in::ACCESS_KEY_ID),
        secret_access_key: Secret::new(s3_stand_in::SECRET_ACCESS_KEY),
        prefix: prefix.to_owned(),
        path_style: true,
        allow_http: true,
    }
}

fn real_store() -> Option<S3> {
    let named = |name: &str| {
        env::var(format!("VITRINE_TEST_S3_{name}"))
            .ok()
            .filter(|text| !text.is_empty())
    };
    Some(S3 {
        endpoint: Some(named("URL")?),
        bucket: named("BUCKET")?,
        region: named("REGION").unwrap_or_else(|| "us-east-1".to_owned()),
        access_key_id: Secret::new(named("KEY_ID")?),
        secret_access_key: Secret::new(named("SECRET")?),
        prefix: String::new(),
        path_style: true,
        allow_http: true,
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the names must differ between runs on one store"
)]
fn unique() -> String {
    Uuid::new_v4().simple().to_string()
}
