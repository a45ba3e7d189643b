//! Goods come back by forms: asked for on the order's page, and dealt with at the desk.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shopper::Shopper};

use super::{at_work, links, sold};
use crate::purchase::dispatch;

/// The first line of which a form asks.
fn line(page: &Shopper, action: &str) -> String {
    let fields = page.fields(action);
    let found = fields.iter().find(|(name, _)| name == "line");
    found
        .unwrap_or_else(|| panic!("{action} asks for no line: {fields:?}"))
        .1
        .clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shopper_asks_by_a_form_and_the_desk_takes_back() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let placed = sold(&shop).await;
    let order = format!("/orders/{}", placed.id);
    let mut shopper = Shopper::new(&shop);
    shopper.open(&format!("{order}?token={}", placed.access_token)).await;
    assert!(!shopper.says("Return something"), "nothing was sent");
    let unnumbered = [("name", "Ada"), ("orderNumber", " "), ("email", "ada@example.com")];
    shopper.open("/withdraw").await.submit("/withdraw", &unnumbered).await;
    shopper.expect("Enter the number of the order");
    dispatch(&staff, &placed.id).await;
    let form = format!("{order}/return");
    shopper.open(&order).await.expect("Return something");
    shopper.open(&form).await.expect("Alba Dome Lamp");
    let sold = line(&shopper, &form);
    let (quantity, why) = (format!("{sold}.quantity"), format!("{sold}.reason"));
    shopper.submit(&form, &[]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("Say how many of which goods come back.");
    // Why it comes back decides on fees: nothing is taken for said.
    shopper
        .submit(&form, &[(&quantity, "1"), ("resolution", "EXCHANGE")])
        .await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("Say why it comes back.");
    shopper.expect("Say which one you would like instead.");
    shopper.submit(&form, &[(&quantity, "7"), (&why, "DAMAGED")]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    shopper.expect("can be sent back.");
    shopper
        .submit(
            &form,
            &[(&quantity, "1"), (&why, "DAMAGED"), ("note", "Its foot is bent.")],
        )
        .await;
    assert_eq!(
        (shopper.status, shopper.path.split('#').next()),
        (StatusCode::OK, Some(order.as_str()))
    );
    shopper.expect("requested");
    shopper.expect("Wanted: Money back");
    shopper.expect("Please send nothing before.");

    let mut desk = at_work(&shop, "administrator@example.com", "en").await;
    desk.open("/admin").await.expect("Returns to decide");
    desk.open("/admin/returns?status=REQUESTED")
        .await
        .expect(&format!("{}-R1", placed.number));
    let page = links(&desk)
        .into_iter()
        .find(|link| link.starts_with("/admin/returns/ret_"));
    let page = page.expect("the list leads to the return");
    desk.open(&page).await.expect("Its foot is bent.");
    desk.submit(&format!("{page}/approve"), &[("labelUrl", "nowhere")])
        .await;
    assert_eq!(desk.status, StatusCode::UNPROCESSABLE_ENTITY);
    // No form has a field that is called as the API calls it.
    desk.expect("This must be a web address");
    desk.submit(
        &format!("{page}/approve"),
        &[("instructions", "To Dock 4, Hamburg."), ("labelUrl", "")],
    )
    .await
    .expect("The return is approved.");
    shopper.open(&order).await.expect("To Dock 4, Hamburg.");
    let back = line(&desk, &format!("{page}/receive"));
    desk.submit(&format!("{page}/receive"), &[(&format!("came.{back}"), "0")])
        .await
        .expect("Say what came, and how many.");
    desk.submit(&format!("{page}/receive"), &[(&format!("came.{back}"), "1")])
        .await
        .expect("The goods are received.");
    desk.submit(&format!("{page}/inspect"), &[(&format!("restock.{back}"), "1")])
        .await
        .expect("The goods are inspected.");
    desk.submit(&format!("{page}/refund"), &[("fee", "1")])
        .await
        .expect("The money is on its way.");
    desk.expect("closed");
    shop.settle().await;
    shopper.open(&order).await.expect("Paid back:");
    shopper.expect("Kept as a fee:");

    // Something else was wrong: it is settled at the order's desk, and what holds of returns among the settings.
    let order_desk = format!("/admin/orders/{}", placed.id);
    desk.open(&order_desk).await;
    let wrong = format!("{}.wrong", line(&desk, &format!("{order_desk}/claim")));
    let mut resend = vec![(wrong.as_str(), "1"), ("kind", "RESEND"), ("why", "DAMAGED")];
    desk.submit(&format!("{order_desk}/claim"), &resend)
        .await
        .expect("or all of them were sent again");
    resend.push(("again", "yes"));
    desk.submit(&format!("{order_desk}/claim"), &resend)
        .await
        .expect("The claim is settled.");
    desk.expect("Send again");
    let settings = "/admin/settings/returns";
    desk.open(settings).await;
    desk.submit(settings, &[("days", "many")]).await;
    assert_eq!(desk.status, StatusCode::UNPROCESSABLE_ENTITY);
    desk.submit(
        settings,
        &[("days", "14"), ("fee", "2.5"), ("instructions", "To Dock 4, Hamburg.")],
    )
    .await
    .expect("Saved.");
    let policy = "{ returnPolicy { days feeBasisPoints } }";
    let now = staff.data(policy, json!({})).await["returnPolicy"].take();
    assert_eq!(now, json!({ "days": 14, "feeBasisPoints": 250 }));
    shop.settle().await;
    shop.close().await;
}
