//! The search index of a server whose worker is another process, which has none.

use sea_orm::{ConnectionTrait, EntityTrait, Order, QueryOrder, QuerySelect};
use vitrine_adapters::boot::{self, Booted, Outside};
use vitrine_commerce::{Context, catalog::index, jobs::Job, ports::search::SearchRequest};
use vitrine_entity::{ids::ProductId, product};
use vitrine_tests::{
    backend::Backend,
    worker::{Working, until},
};

async fn found(server: &Booted, text: &str) -> usize {
    let request = SearchRequest {
        text: text.to_owned(),
        limit: 10,
        ..SearchRequest::default()
    };
    server.shop.search.search(&request).await.unwrap().total
}

/// As if staff had, of the first or the last product: the database first, and the job in the same breath.
async fn change(worker: &Booted, which: Order, what: &str) {
    let (shop, context) = (&worker.shop, Context::system(&worker.shop, "test"));
    let sorted = product::Entity::find()
        .select_only()
        .columns([product::Column::Id, product::Column::Slug])
        .order_by(product::Column::Slug, which);
    // Not the whole row: there may be something in it that nobody can read.
    let found: Option<(ProductId, String)> = sorted.into_tuple().one(&shop.db).await.unwrap();
    let (product, slug) = found.unwrap();
    let sql = &format!("update product set {what} where slug = '{slug}'");
    let changed = shop.transact(&context, |tx| async move {
        tx.db().execute_unprepared(sql).await?;
        let products = vec![product];
        tx.enqueue(None, Job::IndexProducts { products });
        Ok(())
    });
    changed.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_worker_without_an_index_does_is_found_by_each_server() {
    let folder = tempfile::tempdir().unwrap();
    let backend = Backend::open(&folder).await;
    let mut config = backend.configuration(&folder);
    // Nobody listens there.
    config.http.public_url = Some("http://127.0.0.1:9".to_owned());
    boot::migrate(&config).await.unwrap();
    let open = async |has_index| {
        let outside = Outside {
            has_index,
            ..Outside::default()
        };
        boot::boot_with(&config, outside).await.unwrap()
    };
    let (servers, worker) = ([open(true).await, open(true).await], open(false).await);
    for server in &servers {
        let begun = index::begin_to_follow(&server.shop).await.unwrap();
        tokio::spawn(index::follow(server.shop.downgrade(), begun));
    }
    let context = Context::system(&worker.shop, "test");
    vitrine_demo::seed(&worker.shop, &context, |_, _| {}).await.unwrap();
    let seeded = index::fill(&worker.shop).await.unwrap();
    assert!(seeded > 50 && worker.shop.search.search(&SearchRequest::default()).await.is_err());
    let working = Working::start(&worker, &config);
    let both_find = async |what: &str, text: &str, total: usize| {
        until(what, async || {
            found(&servers[0], text).await == total && found(&servers[1], text).await == total
        })
        .await;
    };
    both_find("all is found", "", seeded as usize).await;
    change(&worker, Order::Asc, "title = 'Zebrafinch'").await;
    both_find("a new title is found", "zebrafinch", 1).await;
    change(&worker, Order::Asc, "status = 'ARCHIVED'").await;
    both_find("what is archived is not found", "zebrafinch", 0).await;
    // A row that nobody can read, as a hand at the database leaves it, hides itself and nothing else.
    change(&worker, Order::Asc, "status = 'ACTIVE', deleted_status = 'NONSENSE'").await;
    change(&worker, Order::Desc, "title = 'Quokka'").await;
    both_find("what comes behind an unreadable row is found", "quokka", 1).await;
    both_find("the unreadable row is not", "zebrafinch", 0).await;
    change(&worker, Order::Asc, "deleted_status = null").await;
    both_find("once it is mended it is", "zebrafinch", 1).await;
    working.stop().await;
    drop((servers, worker));
    backend.drop_database().await;
}
