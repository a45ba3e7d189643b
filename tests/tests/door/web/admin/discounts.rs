//! Discounts: made as a draft, tried on a cart, switched on, changed, and looked at.

use reqwest::StatusCode;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::TestShop;

use super::at_work;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_discount_goes_from_a_draft_to_its_report() {
    let shop = TestShop::open().await;
    let api = shop.staff(StaffRole::Administrator).await;
    api.sell("MUG-1", "20.00", 50).await;
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    staff.open("/admin/discounts").await.expect("There is no discount yet");
    staff.open("/admin/discounts/new").await;
    let wrong = [
        ("title", ""),
        ("value", "much"),
        ("off", "AMOUNT"),
        ("kind", "ORDER"),
        ("method", "CODE"),
    ];
    staff.submit("/admin/discounts", &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("Write what it is called.");
    let unknown = [
        ("title", "Spring"),
        ("value", "25"),
        ("off", "PERCENTAGE"),
        ("kind", "PRODUCTS"),
        ("method", "CODE"),
        ("goodsProducts", "no-such-thing"),
    ];
    staff
        .open("/admin/discounts/new")
        .await
        .submit("/admin/discounts", &unknown)
        .await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("no-such-thing");
    let draft = [
        ("title", "Spring"),
        ("value", "25"),
        ("off", "PERCENTAGE"),
        ("kind", "PRODUCTS"),
        ("method", "CODE"),
        ("goodsProducts", "mug-1"),
        ("codes", "spring, summer"),
        ("usageLimit", "5"),
    ];
    staff
        .open("/admin/discounts/new")
        .await
        .submit("/admin/discounts", &draft)
        .await;
    assert_eq!(staff.status, StatusCode::OK, "{}", staff.html);
    staff.expect("The draft is there.");
    staff.expect("Draft");
    let path = staff.path.split('?').next().unwrap().to_owned();

    staff
        .open(&format!("{path}?try=MUG-1&try.number.MUG-1=2&country=DE"))
        .await
        .expect("It applies.");
    staff.expect("€10.00");
    staff
        .open(&format!("{path}?try=NOTHING"))
        .await
        .expect("There is no “NOTHING”.");
    staff
        .open(&path)
        .await
        .submit(&format!("{path}/activate"), &[])
        .await
        .expect("It is on.");

    // Two work at it at once: the second sees both sides.
    let mut other = at_work(&shop, "administrator@example.com", "en").await;
    other.open(&path).await;
    let tiers = [
        ("title", "Spring sale"),
        ("off", "PERCENTAGE"),
        ("value", ""),
        ("tiers", "2: 10\n5: 20"),
        ("tiersBy", "QUANTITY"),
        ("kind", "PRODUCTS"),
        ("method", "CODE"),
        ("goodsProducts", "mug-1"),
    ];
    staff
        .open(&path)
        .await
        .submit(&format!("{path}/save"), &tiers)
        .await
        .expect("Saved.");
    staff.expect("2: 10");
    let late = [
        ("title", "Autumn sale"),
        ("off", "PERCENTAGE"),
        ("value", "5"),
        ("kind", "ORDER"),
        ("method", "CODE"),
    ];
    other.submit(&format!("{path}/save"), &late).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    other.expect("Spring sale");

    let codes = format!("{path}/codes");
    staff.open(&codes).await.expect("SUMMER");
    staff
        .submit(
            &format!("{codes}/generate"),
            &[("quantity", "30"), ("prefix", "OWN-"), ("length", "8")],
        )
        .await;
    staff.expect("The codes are being made.");
    shop.settle().await;
    staff.open(&format!("{codes}?q=own-")).await.expect("OWN-");
    staff
        .open(&format!("{codes}?q=summer"))
        .await
        .submit(&format!("{codes}/deactivate"), &[])
        .await;
    staff.expect("The code is off.");
    staff.open(&codes).await.submit(&format!("{codes}/export"), &[]).await;
    assert!(staff.path.starts_with("/admin/exports"), "{}", staff.path);

    staff
        .open("/admin/discounts?status=ACTIVE&q=spring")
        .await
        .expect("Spring sale");
    staff
        .open("/admin/discounts/report")
        .await
        .expect("No order of this time has a discount.");
    staff
        .open(&path)
        .await
        .submit(&format!("{path}/delete"), &[])
        .await
        .expect("It is deleted.");
    staff
        .submit(&format!("{path}/restore"), &[])
        .await
        .expect("It is back, as a draft.");
    shop.settle().await;
    shop.close().await;
}
