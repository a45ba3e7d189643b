//! What is exported can be imported: into the same shop it changes nothing, into an empty one it makes the same.

use futures::{StreamExt, pin_mut};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_commerce::{
    Shop,
    bulk::{self, BulkStart},
    catalog::import::{self, ImportReport},
    exports,
};
use vitrine_entity::{bulk_operation::BulkStatus, data_export::ExportKind, metafield, product, stock, variant};

use super::shop;
use crate::system;

/// Products with all that a file may say of them, and much that must be written with care.
const FILE: &str = "Handle,Title,Body (HTML),Vendor,Product Category,Tags,Published,Status,Option1 Name,Option1 Value,\
Option2 Name,Option2 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,\
Variant Requires Shipping,Variant Tax Code,Variant Barcode,Image Src,Image Position,Image Alt Text,Variant Image,SEO Title,\
SEO Description,Unit Price Total Measure,Unit Price Total Measure Unit,Unit Price Base Measure,Unit Price Base Measure Unit,\
Variant Active,Variant Shipping Class,Variant Low Stock Threshold,Material (product.metafields.custom.material),\
care.wash (product.metafields.care.wash),Colour (product.attributes)\n\
chair,\"Chair, \"\"Oak\"\"\",\"<p>Two\nlines</p>\",Oak & Co.,Furniture > Chairs,\"wood, 50% off, a\\,b\",TRUE,active,Color,Natural,\
Size,S,CH-N-S,4000,3,99.00,129.00,TRUE,reduced,4006381333931,https://a.example/1.jpg,1,\"In front, \"\"lit\"\"\",https://a.example/2.jpg,\
Chair by Oak,Sit.,500,g,1,kg,TRUE,bulky,2,Oak; Ash,by hand,Natural; a\\;b\n\
chair,,,,,,,,,Black,,L,''CH,4000,0,99.00,,TRUE,,,https://a.example/2.jpg,2,,,,,,,,,FALSE,,,,,\n\
chair,,,,,,,,,,,,,,,,,,,,https://a.example/3.jpg,3,Behind,,,,,,,,,,,,,\n\
sum,'=SUM(1;2),,'-Vendor,,'@home,FALSE,archived,Title,Default Title,,,'-S,0,,none,,FALSE,,,,,,,,,,,,,TRUE,,,,,\n\
table,Table,,,Garden > Chairs,,FALSE,draft,Title,Default Title,,,T-1,0,7,12.50,,TRUE,,,,,,,,,,,,,TRUE,,,,,\n";

async fn exported(shop: &Shop) -> String {
    let pieces = exports::stream(shop.clone(), &system(), ExportKind::Products).expect("may");
    pin_mut!(pieces);
    let mut file = Vec::new();
    while let Some(piece) = pieces.next().await {
        file.extend(piece.expect("a piece").0);
    }
    String::from_utf8(file).expect("UTF-8")
}

async fn imported(shop: &Shop, file: &str) -> ImportReport {
    let parsed = import::read(file.as_bytes(), system().currency);
    let report = import::apply(shop, &system(), &parsed, |_, _| ())
        .await
        .expect("a report");
    assert!(report.applied, "{:?}", report.problems);
    report
}

#[tokio::test]
async fn an_export_is_imported_as_it_was() {
    let (first, _) = shop().await;
    let report = imported(&first, FILE).await;
    assert_eq!((report.created, report.problems.len()), (3, 0), "{:?}", report.problems);
    // As Shopify says it, of a product; which amounts its buyer may choose is a column of our own.
    let cards = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Gift Card,Variant Gift Card Amounts\n\
        card,Card,Look,Red,CARD-R,25.00,TRUE,10.00-200.00 / 5.00\ncard,,,Blue,CARD-B,25.00,,\n";
    assert_eq!(imported(&first, cards).await.created, 1);
    let card = variant::Entity::find().filter(variant::Column::GiftCard.eq(true));
    let card = card
        .order_by_asc(variant::Column::Position)
        .all(&first.db)
        .await
        .expect("read");
    let told: Vec<_> = card
        .iter()
        .map(|row| {
            (
                row.gift_card_amounts.is_some(),
                row.requires_shipping,
                row.tax_category.as_deref(),
            )
        })
        .collect();
    assert_eq!(told, [(true, false, Some("untaxed")), (false, false, Some("untaxed"))]);
    let file = exported(&first).await;
    for part in [
        "TRUE,10.00-200.00 / 5.00",
        "'=SUM(1;2)",
        "'-Vendor",
        "'@home",
        "'-S",
        "\"wood, 50% off, a\\,b\"",
        ",none,",
    ] {
        assert!(file.contains(part), "{part}: {file}");
    }
    let strange = product::Entity::find().filter(product::Column::Title.eq("=SUM(1;2)"));
    assert!(strange.one(&first.db).await.expect("read").is_some());
    let quoted = variant::Entity::find().filter(variant::Column::Sku.eq("'CH"));
    let quoted = quoted.one(&first.db).await.expect("read").expect("a variant");
    assert!(!quoted.active);

    let again = imported(&first, &file).await;
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 4));
    let (second, _) = shop().await;
    let moved = imported(&second, &file).await;
    assert_eq!((moved.created, moved.problems.len()), (4, 0), "{:?}", moved.problems);
    assert_eq!(exported(&second).await, file);
}

#[tokio::test]
async fn what_a_file_does_not_tell_of_is_left() {
    let (shop, _) = shop().await;
    imported(&shop, FILE).await;
    let file = exported(&shop).await;
    let prices =
        "Handle,Title,Variant SKU,Variant Price\nchair,\"Chair, \"\"Oak\"\"\",CH-N-S,89.00\nchair,,''CH,99.00\n";
    let report = imported(&shop, prices).await;
    assert_eq!((report.updated, report.unchanged), (1, 0));
    let found = exported(&shop).await;
    assert_eq!(found.lines().count(), file.lines().count());
    for part in [
        "bulky",
        ",2,",
        "Oak; Ash",
        "by hand",
        "https://a.example/3.jpg",
        "Furniture > Chairs",
        "reduced",
        "89.00,129.00",
    ] {
        assert!(found.contains(part), "{part}: {found}");
    }

    let wash = "Handle,Title,Variant SKU,Variant Price,care.wash (product.metafields.care.wash)\n\
                table,Table,T-1,12.50,never\n";
    let report = imported(&shop, wash).await;
    assert_eq!((report.updated, report.unchanged), (1, 0), "a metafield is a change");
    let fields = metafield::Entity::find().filter(metafield::Column::Value.eq("never"));
    assert_eq!(fields.all(&shop.db).await.expect("read").len(), 1);
    assert_eq!(imported(&shop, wash).await.unchanged, 1);
}

#[tokio::test]
async fn stock_is_counted_as_it_was_exported() {
    let (shop, _) = shop().await;
    imported(&shop, FILE).await;
    let pieces = exports::stock_operations(shop.clone(), &system()).expect("may");
    let pieces: Vec<_> = pieces.map(|piece| piece.expect("a piece").0).collect().await;
    let content = String::from_utf8(pieces.concat()).expect("UTF-8");
    assert_eq!(content.lines().count(), 3, "{content}");
    let start = BulkStart {
        file_name: "stock.jsonl".to_owned(),
        content: content.replace("\"onHand\":7", "\"onHand\":9").into_bytes(),
        dry_run: false,
        by_job: false,
    };
    let started = bulk::start(&shop, &system(), start).await.expect("begun");
    let row = bulk::run_here(&shop, &system(), started, |_| ()).await.expect("done");
    assert_eq!((row.status, row.succeeded, row.failed), (BulkStatus::Done, 3, 0));
    let rows = stock::Entity::find().all(&shop.db).await.expect("read");
    assert_eq!(rows.iter().map(|row| row.on_hand).sum::<i64>(), 12);
}
