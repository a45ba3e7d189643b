//! Cells as spreadsheets and other systems write them.

use sea_orm::EntityTrait;
use vitrine_commerce::catalog::import;
use vitrine_entity::{picture, product};

use super::shop;
use crate::system;

#[tokio::test]
async fn line_breaks_and_marks_in_cells_stop_no_file() {
    let (shop, _) = shop().await;
    let file = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,SEO Description,Image Src,Image Alt Text\r\n\
        seo,Oak\u{200B}bowl,SEO-1,10.00,5,\"First line.\r\nSecond line.\",https://cdn.example.com/bowl.jpg,\"Seen from\nabove\"\r\n\
        lrm,\u{FEFF}Oak bowl\u{200E},LRM-1,10.00,5,,,\r\n";
    let parsed = import::read(file.as_bytes(), system().currency);
    let report = import::apply(&shop, &system(), &parsed, |_, _| ())
        .await
        .expect("a report");
    assert!(report.applied && report.created == 2, "{:?}", report.problems);
    let mut products = product::Entity::find().all(&shop.db).await.expect("products");
    products.sort_by(|a, b| a.slug.cmp(&b.slug));
    let titles: Vec<_> = products.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Oak bowl", "Oakbowl"]);
    let seo = products[1].seo_description.as_deref();
    assert!(
        matches!(seo, Some("First line.\nSecond line." | "First line. Second line.")),
        "{seo:?}"
    );
    let pictures = picture::Entity::find().all(&shop.db).await.expect("pictures");
    assert_eq!(pictures[0].alt, "Seen from above");
}
