//! The search index follows the database, whatever comes in between.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use vitrine_commerce::{
    ErrorCode, Shop,
    catalog::{draft::ProductDraft, index, load, update},
    jobs::Job,
    ports::{
        event_bus::Topic,
        search::{SearchFilter, SearchRequest},
    },
    search::search,
    work,
};
use vitrine_entity::{outbox, product::ProductStatus, staff_member::StaffRole};
use vitrine_tests::memory::{fixture, staff};

use super::{chair, draft, put, refusals, shop};
use crate::{guest, system};

#[tokio::test]
async fn the_index_follows_and_says_when_it_is_down() {
    let (shop, engine) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    put(
        &shop,
        &ProductDraft {
            active: false,
            ..draft("hidden", "Hidden Chair", 1)
        },
    )
    .await
    .expect("saved");
    run_jobs(&shop).await;
    assert_eq!(engine.all().keys().copied().collect::<Vec<_>>(), [saved.product]);
    let document = &engine.all()[&saved.product];
    assert_eq!(
        (document.price_minor, document.in_stock, document.description.as_str()),
        (9_900, true, "Sit.")
    );
    assert_eq!(
        document.attributes,
        ["Color=Black", "Color=Natural", "Material=Oak", "Size=L", "Size=S"]
    );
    let documents = index::documents(&shop, None, 10).await.expect("documents");
    assert_eq!(documents.iter().collect::<Vec<_>>(), [document]);

    let request = SearchRequest {
        text: " Chair ".into(),
        limit: 10,
        ..SearchRequest::default()
    };
    let found = search(&shop, &guest(), &request).await.expect("found");
    assert_eq!((found.products.len(), found.total, found.degraded), (1, 1, false));
    engine.down.store(true, Ordering::SeqCst);
    let found = search(&shop, &guest(), &request).await.expect("found all the same");
    assert_eq!((found.products.len(), found.total, found.degraded), (1, 1, true));
    let filter = SearchFilter {
        in_stock: Some(false),
        ..SearchFilter::default()
    };
    let found = search(
        &shop,
        &guest(),
        &SearchRequest {
            filter,
            ..request.clone()
        },
    )
    .await
    .expect("found");
    assert_eq!((found.products.len(), found.total), (0, 0));
    for bad in [
        SearchRequest {
            limit: 101,
            ..request.clone()
        },
        SearchRequest {
            limit: 0,
            ..request.clone()
        },
        SearchRequest {
            offset: 10_001,
            ..request.clone()
        },
        SearchRequest {
            text: "a".repeat(1_001),
            ..request.clone()
        },
    ] {
        assert_eq!(
            refusals(search(&shop, &guest(), &bad).await)[0].code,
            ErrorCode::Invalid
        );
    }
}

#[tokio::test]
async fn archived_products_leave_the_index_and_a_lagging_one_is_not_shown() {
    let (shop, engine) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    run_jobs(&shop).await;
    let ada = staff(&shop, StaffRole::Administrator).await;
    let archive = update::ProductUpdate {
        status: Some(ProductStatus::Archived),
        ..update::ProductUpdate::of(saved.product)
    };
    update::update(&shop, &ada, archive).await.expect("archived");
    let request = SearchRequest {
        limit: 10,
        ..SearchRequest::default()
    };
    assert_eq!(engine.all().len(), 1);
    assert!(search(&shop, &ada, &request).await.expect("found").products.is_empty());
    run_jobs(&shop).await;
    assert!(engine.all().is_empty());
}

#[tokio::test]
async fn with_the_engine_down_listings_follow_and_the_job_waits() {
    let (shop, engine) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    engine.down.store(true, Ordering::SeqCst);
    // More often than any job has attempts.
    for _ in 0..20 {
        due_now(&shop).await;
        run_jobs(&shop).await;
        let job = outbox::Entity::find().one(&shop.db).await.expect("jobs").expect("one");
        assert_eq!((job.state, job.attempts), (outbox::OutboxState::Ready, 0));
        assert!(job.run_at > shop.now(), "it waits");
        assert!(job.last_error.expect("an error").contains("switched off"));
    }
    assert!(
        load::listings_of(&shop, system().currency, &[saved.product])
            .await
            .expect("listing")
            .contains_key(&saved.product)
    );
    engine.down.store(false, Ordering::SeqCst);
    due_now(&shop).await;
    run_jobs(&shop).await;
    let job = outbox::Entity::find().one(&shop.db).await.expect("jobs").expect("one");
    assert_eq!(job.state, outbox::OutboxState::Done);
    assert_eq!(engine.all().len(), 1);
}

/// Lets what was put off be due, as if its time had come.
async fn due_now(shop: &Shop) {
    outbox::Entity::update_many()
        .col_expr(outbox::Column::RunAt, Expr::value(shop.now()))
        .exec(&shop.db)
        .await
        .expect("updated");
}

#[tokio::test]
async fn a_slow_indexer_does_not_leave_the_older_document() {
    let (shop, engine) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    // The first job has read the product and is about to write, ...
    engine.gate.hold_next.store(true, Ordering::SeqCst);
    let slow = tokio::spawn({
        let shop = shop.clone();
        async move { run_jobs(&shop).await }
    });
    engine.gate.held.notified().await;
    // ... when it changes, and the job of that change overtakes.
    put(
        &shop,
        &ProductDraft {
            title: "Newer chair".into(),
            ..chair()
        },
    )
    .await
    .expect("saved");
    run_jobs(&shop).await;
    assert_eq!(engine.all()[&saved.product].title, "Newer chair");
    engine.gate.let_go.notify_one();
    slow.await.expect("done");
    assert_eq!(engine.all()[&saved.product].title, "Newer chair");
}

#[tokio::test]
async fn a_product_that_changes_all_the_time_is_looked_at_again_soon() {
    let (shop, engine) = shop().await;
    put(&shop, &chair()).await.expect("saved");
    let job = outbox::Entity::find().one(&shop.db).await.expect("jobs").expect("one");
    engine.gate.hold_next.store(true, Ordering::SeqCst);
    let running = tokio::spawn({
        let (shop, id) = (shop.clone(), job.id);
        async move { work::run(&shop, id).await }
    });
    for round in 1..=4 {
        engine.gate.held.notified().await;
        let title = format!("Chair of round {round}");
        put(&shop, &ProductDraft { title, ..chair() }).await.expect("saved");
        engine.gate.hold_next.store(round < 4, Ordering::SeqCst);
        engine.gate.let_go.notify_one();
    }
    running.await.expect("ended").expect("the database works");
    let job = outbox::Entity::find_by_id(job.id)
        .one(&shop.db)
        .await
        .expect("jobs")
        .expect("one");
    assert_eq!((job.state, job.attempts), (outbox::OutboxState::Ready, 0));
    assert!(job.run_at - shop.now() <= TimeDelta::seconds(2), "{}", job.run_at);
    assert_eq!(job.last_error, None, "the engine is there");
    due_now(&shop).await;
    run_jobs(&shop).await;
    assert!(
        engine
            .all()
            .values()
            .all(|document| document.title == "Chair of round 4")
    );
}

#[tokio::test]
async fn a_row_that_nobody_can_read_keeps_no_other_out_of_the_index() {
    let (shop, engine) = shop().await;
    let broken = put(&shop, &chair()).await.expect("saved");
    let sound = put(&shop, &draft("stool", "Stool", 100)).await.expect("saved");
    run_jobs(&shop).await;
    let sql = "update product set deleted_status = 'NONSENSE' where slug = 'chair'";
    shop.db.execute_unprepared(sql).await.expect("broken");
    let indexed = || engine.all().into_keys().collect::<Vec<_>>();
    // A rebuilt index has all that can be read, and so has one that is caught up.
    assert_eq!(index::reindex(&shop, |_, _| ()).await.expect("rebuilt"), 2);
    assert_eq!(indexed(), [sound.product]);
    index::fill(&shop).await.expect("filled");
    assert_eq!(indexed(), [sound.product]);
    // The job that is about it fails, so that staff are told.
    let product = broken.product;
    let context = system();
    let changed = shop.transact(&context, |tx| async move {
        let products = vec![product];
        tx.enqueue(None, Job::IndexProducts { products });
        Ok(())
    });
    changed.await.expect("committed");
    run_jobs(&shop).await;
    let last = outbox::Entity::find().order_by_desc(outbox::Column::Id);
    let job = last.one(&shop.db).await.expect("jobs").expect("one");
    assert!(job.last_error.is_some(), "{job:?}");
    assert_eq!(indexed(), [sound.product]);
}

#[tokio::test]
async fn what_changes_while_the_index_is_rebuilt_is_not_lost() {
    let (shop, engine) = shop().await;
    let saved = put(&shop, &chair()).await.expect("saved");
    let stool = put(&shop, &draft("stool", "Stool", 100)).await.expect("saved");
    run_jobs(&shop).await;
    engine.documents.lock().expect("not poisoned").clear();
    engine.gate.hold_next.store(true, Ordering::SeqCst);
    let rebuilding = tokio::spawn({
        let shop = shop.clone();
        async move { index::reindex(&shop, |_, _| ()).await }
    });
    engine.gate.held.notified().await;
    // The new index has read both; the old one is told of what happens now.
    put(
        &shop,
        &ProductDraft {
            title: "Newer chair".into(),
            ..chair()
        },
    )
    .await
    .expect("saved");
    put(
        &shop,
        &ProductDraft {
            active: false,
            ..draft("stool", "Stool", 100)
        },
    )
    .await
    .expect("saved");
    run_jobs(&shop).await;
    engine.gate.let_go.notify_one();
    assert_eq!(rebuilding.await.expect("done").expect("rebuilt"), 2);
    assert_eq!(engine.all()[&saved.product].title, "Newer chair");
    assert!(!engine.all().contains_key(&stool.product));
}

#[tokio::test]
async fn the_rows_of_many_products_are_not_written_while_brief_writers_wait() {
    let fixture = fixture().await;
    let (shop, system) = (&fixture.shop, &system());
    for (count, has_its_own) in [(3, false), (40, true)] {
        let mut products = Vec::new();
        for number in 0..count {
            let slug = format!("many-{count}-{number}");
            products.push(
                put(shop, &draft(&slug, "One of many", 100))
                    .await
                    .expect("saved")
                    .product,
            );
        }
        run_jobs(shop).await;
        let dearer = "update price set amount_minor = amount_minor + 1";
        shop.db.execute_unprepared(dearer).await.expect("updated");
        fixture.bus.take();
        let index = shop.transact(system, |tx| {
            let products = products.clone();
            async move {
                tx.enqueue(None, Job::IndexProducts { products });
                Ok(())
            }
        });
        index.await.expect("enqueued");
        run_jobs(shop).await;
        let said = fixture.bus.take();
        let at = |topic| said.iter().position(|said| *said == topic).expect("said");
        // Those of few are written with the job's end, after the engine has its part.
        assert_eq!(at(Topic::Shown) < at(Topic::Indexed), has_its_own, "{count}: {said:?}");
    }
}

/// Runs what waits, until nothing does; a job that failed is tried again by the test's own hand.
async fn run_jobs(shop: &Shop) {
    loop {
        let waiting = outbox::Entity::find()
            .filter(outbox::Column::State.is_in([outbox::OutboxState::Ready, outbox::OutboxState::HandedOver]))
            .filter(outbox::Column::RunAt.lte(shop.now()))
            .order_by_asc(outbox::Column::Id)
            .all(&shop.db)
            .await
            .expect("jobs");
        if waiting.is_empty() {
            return;
        }
        for job in waiting {
            work::run(shop, job.id).await.expect("the database works");
        }
    }
}
