//! Pictures that have not come into the store, as shoppers see them.

use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::shopper::Shopper;

use super::importing::{Elsewhere, open, set};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_picture_that_lies_elsewhere_has_a_placeholder() {
    let (_elsewhere, base) = Elsewhere::open().await;
    let shop = open(true).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    set(&staff, "mug", &[&format!("{base}/missing.jpg")]).await;
    shop.settle().await;
    // A browser would be refused to fetch it.
    let mut shopper = Shopper::new(&shop);
    shopper.open("/products/mug").await.expect("class=\"missing\"");
    assert!(!shopper.says(&format!("<img src=\"{base}")));
    shop.close().await;
}
