//! A file with an error is not imported at all; another is imported a few products at a time.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use sea_orm::{EntityTrait, PaginatorTrait};
use vitrine_commerce::{
    Shop,
    catalog::{
        categories, import,
        list::{self, ProductFilter},
    },
    jobs::Job,
};
use vitrine_entity::{outbox, product};

use super::{chair, put, refusals, shop};
use crate::{guest, system};

#[tokio::test]
async fn a_file_is_imported_whole_or_not_at_all() {
    let (shop, _) = shop().await;
    let header = "Handle,Title,Type,Variant SKU,Variant Price,Variant Inventory Qty\n";
    let file = |rows: &str| import::read(format!("{header}{rows}").as_bytes(), system().currency);
    put(&shop, &chair()).await.expect("saved");
    let bad = file("a,A,Toys,A-1,1,1\nb,B,Toys,CH-N-S,1,1\nc,C,Toys,C-1,1,1\n");
    for outcome in [
        import::dry_run(&shop, &system(), &bad, |_, _| ()).await,
        import::apply(&shop, &system(), &bad, |_, _| ()).await,
    ] {
        let report = outcome.expect("a report");
        assert_eq!((report.created, report.applied), (2, false));
        let [problem] = report.problems.as_slice() else {
            panic!("{:?}", report.problems)
        };
        assert_eq!((problem.row, problem.column.as_str()), (3, "Variant SKU"));
    }
    assert_eq!(product::Entity::find().count(&shop.db).await.expect("counted"), 1);
    assert_eq!(categories::all(&shop).await.expect("categories").len(), 1);

    let good = file("a,A,Toys,A-1,1,1\nb,B,Toys,B-1,1,1\n");
    let dry = import::dry_run(&shop, &system(), &good, |_, _| ())
        .await
        .expect("a report");
    assert_eq!((dry.created, dry.applied), (2, false));
    let mut told = Vec::new();
    let report = import::apply(&shop, &system(), &good, |done, total| told.push((done, total)))
        .await
        .expect("imported");
    assert_eq!(
        (report.created, report.updated, report.unchanged, report.applied),
        (2, 0, 0, true)
    );
    assert_eq!(told.last(), Some(&(2, 2)));
    let again = file("a,A,Toys,A-1,1,1\nb,B,Toys,B-1,2,1\n");
    let report = import::apply(&shop, &system(), &again, |_, _| ())
        .await
        .expect("imported");
    assert_eq!((report.created, report.updated, report.unchanged), (0, 1, 1));
    refusals(import::apply(&shop, &guest(), &good, |_, _| ()).await);
}

#[tokio::test]
async fn others_write_while_a_long_file_is_rehearsed() {
    let (shop, _) = shop().await;
    let mut file = "Handle,Title,Variant SKU,Variant Price\n".to_owned();
    for number in 0..450 {
        file.push_str(&format!("p-{number},Product {number},P-{number},1\n"));
    }
    let parsed = import::read(file.as_bytes(), system().currency);
    let (done, written_at) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(usize::MAX)));
    let mut somebody = Some((shop.clone(), done.clone(), written_at.clone()));
    let context = system();
    let report = import::dry_run(&shop, &context, &parsed, |so_far, _| {
        done.store(so_far, Ordering::SeqCst);
        if let Some((shop, done, written_at)) = somebody.take() {
            tokio::spawn(async move {
                let system = system();
                let writing = shop.transact(&system, |tx| async move {
                    tx.enqueue(None, Job::PushSynonyms {});
                    Ok(())
                });
                writing.await.expect("written");
                written_at.store(done.load(Ordering::SeqCst), Ordering::SeqCst);
            });
        }
    });
    let report = report.await.expect("a report");
    assert_eq!((report.created, report.applied, report.problems.len()), (450, false, 0));
    assert!(written_at.load(Ordering::SeqCst) < 450, "nobody could write meanwhile");
    assert_eq!(product::Entity::find().count(&shop.db).await.expect("counted"), 0);
}

#[tokio::test]
async fn a_category_is_known_by_its_path() {
    let (shop, _) = shop().await;
    let file = |header: &str, rows: &str| {
        let csv = format!("Handle,Title,Variant SKU,Variant Price,{header}\n{rows}");
        import::read(csv.as_bytes(), system().currency)
    };
    let paths = file(
        "Product Category",
        "phone,Phone,P,1,Electronics > Accessories\nbelt,Belt,B,1,Apparel > Men > Accessories\ntie,Tie,T,1,Apparel > Men\n",
    );
    // Names that differ by a mark, and by a wide form of a letter.
    let types = file("Type", "bowl,Bowl,O,1,ガラス\ncrow,Crow,C,1,カラス\nmap,Map,M,1,Men\n");
    for parsed in [&paths, &types, &paths, &types] {
        let report = import::apply(&shop, &system(), parsed, |_, _| ())
            .await
            .expect("imported");
        assert!(report.applied && report.problems.is_empty(), "{:?}", report.problems);
    }
    let all = categories::all(&shop).await.expect("categories");
    let name = |id| {
        all.iter()
            .find(|row| Some(row.id) == id)
            .map_or("", |row| row.name.as_str())
    };
    let mut told: Vec<_> = all
        .iter()
        .map(|row| format!("{} > {} ({})", name(row.parent_id), row.name, row.slug))
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            " > Apparel (apparel)",
            " > Electronics (electronics)",
            " > カラス (カラス)",
            " > ガラス (ガラス)",
            "Apparel > Men (men)",
            "Electronics > Accessories (accessories)",
            "Men > Accessories (accessories-2)",
        ]
    );
}

#[tokio::test]
async fn more_products_than_a_batch_are_imported() {
    let (shop, _) = shop().await;
    let rows: String = (0..250)
        .map(|n| format!("p-{n},Product {n},P-{n},{n}.50,3\n"))
        .collect();
    let parsed = import::read(
        format!("Handle,Title,SKU,Price,Inventory quantity\n{rows}").as_bytes(),
        system().currency,
    );
    let report = import::apply(&shop, &system(), &parsed, |_, _| ())
        .await
        .expect("imported");
    assert_eq!((report.created, report.problems.len(), report.applied), (250, 0, true));
    assert_eq!(
        list::count(&shop, &guest(), &ProductFilter::default())
            .await
            .expect("counted")
            .rows,
        250
    );
    assert_eq!(indexed(&shop).await, 250);
}

#[tokio::test]
async fn an_import_that_is_cut_off_goes_on_where_it_was() {
    let (shop, _) = shop().await;
    let rows: String = (0..500)
        .map(|n| format!("p-{n},Product {n},P-{n},{n}.50,3\n"))
        .collect();
    let file = format!("Handle,Title,SKU,Price,Inventory quantity\n{rows}");
    let parsed = import::read(file.as_bytes(), system().currency);
    let (cut, context) = (tokio::sync::Notify::new(), system());
    tokio::select! {
        outcome = import::apply(&shop, &context, &parsed, |_, _| cut.notify_one()) => panic!("{outcome:?}"),
        () = cut.notified() => {}
    }
    let written = product::Entity::find().count(&shop.db).await.expect("counted");
    assert!((1..500).contains(&written), "{written}");
    let total = list::count(&shop, &guest(), &ProductFilter::default())
        .await
        .expect("counted");
    assert_eq!(total.rows, written, "what is written is listed");
    assert_eq!(indexed(&shop).await, written as usize);

    let report = import::apply(&shop, &context, &parsed, |_, _| ())
        .await
        .expect("imported");
    assert_eq!(
        (report.created, report.unchanged, report.applied),
        (500 - written as usize, written as usize, true)
    );
    assert_eq!(indexed(&shop).await, 500);
}

/// How many products the jobs will index.
async fn indexed(shop: &Shop) -> usize {
    let jobs = outbox::Entity::find().all(&shop.db).await.expect("jobs");
    let indexed = jobs.into_iter().map(|job| match serde_json::from_value(job.job) {
        Ok(Job::IndexProducts { products }) => products.len(),
        other => panic!("{other:?}"),
    });
    indexed.sum()
}
