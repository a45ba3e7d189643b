//! The desk of an order.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{Client, TestShop, purchase::PlacedOrder, shopper::Shopper};

use super::{at_work, sold};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_corrected_sent_and_paid_back() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let placed = sold(&shop).await;
    let desk = format!("/admin/orders/{}", placed.id);
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    staff.expect(&placed.number);
    correct(&mut staff, &client, &placed, &desk).await;
    write_about_it(&mut staff, &desk).await;
    send(&mut staff, &desk).await;
    shop.settle().await;
    assert_eq!(shop.guest().order(&placed).await["status"], "DISPATCHED");
    pay_back(&mut staff, &desk).await;
    shop.settle().await;
    let refunds =
        "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { refunds { amount { amount } } } }";
    let asked = json!({ "id": placed.id, "token": placed.access_token });
    let order = shop.guest().data(refunds, asked).await;
    let once = json!([{ "amount": { "amount": "10.00" } }]);
    assert_eq!(order["order"]["refunds"], once, "it is paid back once");

    // What happened before is a page of its own, which nothing takes away from whoever reads it.
    let cursor = "query($id: ID!) { order(id: $id) { timeline(last: 1) { pageInfo { startCursor } } } }";
    let cursor = client.data(cursor, json!({ "id": placed.id })).await;
    let cursor = cursor["order"]["timeline"]["pageInfo"]["startCursor"].as_str().unwrap();
    staff.open(&desk).await;
    assert!(!staff.says("Newest entries"));
    staff
        .open(&format!("{desk}?before={cursor}"))
        .await
        .expect("Newest entries");
    assert!(!staff.says("data-follow"));
    staff.open("/admin/orders?q=nobody&status=CONFIRMED").await;
    staff.expect("No orders match.");
    staff.open(&format!("/admin/orders?q={}", placed.number)).await;
    staff.expect("Shipped");
    shop.close().await;
}

/// Somebody else corrects the address meanwhile: both are shown, and theirs is not lost unseen.
async fn correct(staff: &mut Shopper, client: &Client, placed: &PlacedOrder, desk: &str) {
    let contact = format!("{desk}/contact");
    staff.open(desk).await;
    let update = "mutation($input: OrderContactUpdateInput!) { orderContactUpdate(input: $input) { order { email } userErrors { code message } } }";
    let input = json!({ "input": { "orderId": placed.id, "email": "theirs@example.com" } });
    client.done(update, input).await;
    staff.submit(&contact, &[("email", "mine@example.com")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("Somebody has changed this meanwhile");
    staff.expect("value=\"mine@example.com\"");
    staff.expect("<b>theirs@example.com</b>");
    staff.submit(&contact, &[("email", "mine@example.com")]).await;
    staff.expect("The contact is corrected.");
}

async fn write_about_it(staff: &mut Shopper, desk: &str) {
    staff
        .submit(&format!("{desk}/note-add"), &[("text", "Ring twice.")])
        .await;
    staff.expect("Ring twice.");
    staff.submit(&format!("{desk}/note-delete"), &[]).await;
    assert!(!staff.says("Ring twice."));
    staff.submit(&format!("{desk}/note-restore"), &[]).await;
    staff.expect("Ring twice.");
    staff
        .submit(&format!("{desk}/tag-add"), &[("tags", "gift, fragile")])
        .await;
    staff.expect("Remove the tag fragile");
}

/// What was wrong is said at its field, and what was typed stays.
async fn send(staff: &mut Shopper, desk: &str) {
    let dispatch = format!("{desk}/dispatch");
    let wrong = [("trackingNumber", "0034"), ("trackingUrl", "ftp://nowhere")];
    staff.submit(&dispatch, &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"dispatch-trackingUrl-error\"");
    staff.expect("value=\"0034\"");
    let right = [
        ("carrier", "DHL"),
        ("trackingNumber", "0034 0434 1610"),
        ("trackingUrl", "https://example.com/0034"),
    ];
    staff.submit(&dispatch, &right).await;
    staff.expect("The order is dispatched");
    // By the whole number, as a scanner reads it: the one order that has it is shown.
    staff.open("/admin/find?q=003404341610").await;
    assert_eq!(staff.path, desk);
    staff.open("/admin/find?q=alba").await.expect("Alba Dome Lamp");
    staff
        .open("/admin/find?q=nothing-is-called-so")
        .await
        .expect("Nothing was found.");
    staff.open(desk).await;
    let (event, update) = (format!("{desk}/parcel-event"), format!("{desk}/parcel-update"));
    let fields = staff.fields(&event);
    let (_, id) = fields.iter().find(|(name, _)| name == "id").expect("a parcel");
    staff
        .submit(
            &update,
            &[("numbers", "0034 0434 1610\nSECOND 2"), ("weightGrams", "1200")],
        )
        .await;
    staff.expect("The parcel is saved.");
    staff.open(&format!("/admin/parcels/{id}/packing")).await;
    staff.expect("Packing list");
    staff.expect("SECOND 2");
    staff.open("/admin/parcels?number=second2&status=DISPATCHED").await;
    staff.expect("0034 0434 1610");
    staff.open(desk).await;
    staff
        .submit(
            &event,
            &[("kind", "DELIVERY_FAILED"), ("message", "Nobody was at home")],
        )
        .await;
    staff.expect("Nobody was at home");
    staff.expect("could not deliver parcel 0034 0434 1610");
}

/// The form is sent twice, as by a browser that was reloaded.
async fn pay_back(staff: &mut Shopper, desk: &str) {
    let refund = format!("{desk}/refund");
    let fields = staff.open(desk).await.fields(&refund);
    let typed = [("amount", "10.00"), ("reason", "A scratch")];
    staff.submit(&refund, &typed).await;
    staff.expect("The refund is on its way.");
    let hidden = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let again: Vec<_> = hidden.chain(typed).collect();
    staff.forge(&refund, &again, &[]).await;
    staff.expect("The refund is on its way.");
}

/// Staff put something on an order, whoever placed it pays that on its page, and takes something out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_changed_at_its_desk_and_on_its_page() {
    let shop = TestShop::open().await;
    let client = shop.staff(StaffRole::Administrator).await;
    let mug = client.sell("MUG-EDIT", "10.00", 9).await;
    let placed = sold(&shop).await;
    let desk = format!("/admin/orders/{}", placed.id);
    let form = format!("{desk}/edit");
    let mut staff = at_work(&shop, "administrator@example.com", "en").await;
    staff.open(&desk).await.expect("Edit order");
    staff.open(&form).await;
    staff
        .submit(&form, &[("find.goods", "NOBODYS"), ("do", "try")])
        .await
        .expect("Nothing was found for “NOBODYS”.");
    let many = format!("goods.number.{mug}");
    let wrong = [("goods", &*mug), (&*many, "-1"), ("do", "try")];
    staff.submit(&form, &wrong).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.expect("id=\"edit-goods-error\"");
    staff
        .submit(&form, &[("goods", &*mug), (&*many, "2"), ("do", "try")])
        .await;
    assert_eq!(staff.status, StatusCode::OK, "{}", staff.html);
    staff.expect("What it would come to");
    staff.expect("2 taken, of 9 there are");
    // What was typed is still there, as a browser sends it again.
    staff.expect(&format!("value=\"{mug}\" checked"));
    let ways = "{ shop { shippingMethods(country: \"DE\", postalCode: \"10115\") { id name } } }";
    let ways = client.data(ways, json!({})).await["shop"]["shippingMethods"].take();
    let express = ways.as_array().unwrap().iter().find(|way| way["name"] == "Express");
    let typed = [
        ("goods", &*mug),
        (&*many, "2"),
        ("method", express.unwrap()["id"].as_str().unwrap()),
        ("do", "save"),
        ("reason", "As you asked"),
    ];
    staff.submit(&form, &typed).await;
    staff.expect("The order is changed.");
    staff.expect("Express");
    staff.expect("Version 2");
    staff.expect("As you asked");
    staff.expect("is not paid yet");
    shop.settle().await;

    let page = format!("/orders/{}", placed.id);
    let mut shopper = Shopper::new(&shop).reading("en");
    shopper.open(&format!("{page}?token={}", placed.access_token)).await;
    shopper.expect("something is still to be paid");
    shopper
        .submit(&format!("{page}/retry"), &[("token", "tok_approve")])
        .await;
    shop.settle().await;
    shopper.open(&page).await;
    assert!(!shopper.says("something is still to be paid") && !shopper.says("Change order"));
    assert!(!staff.open(&desk).await.says("is not paid yet"));

    staff.open("/admin/settings/returns").await;
    staff.submit("/admin/settings/edits", &[("shopperMinutes", "-5")]).await;
    assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
    staff.submit("/admin/settings/edits", &[("shopperMinutes", "30")]).await;
    staff.expect("Saved.");
    let change = format!("{page}/change");
    shopper.open(&page).await.expect("Change order");
    shopper.open(&change).await;
    let mut inputs = shopper.html.split("<input ");
    let two = inputs.find(|input| input.contains(".quantity\"") && input.contains("value=\"2\""));
    let mugs = two.and_then(|input| input.split("name=\"").nth(1)?.split('"').next());
    let mugs = mugs.expect("two mugs").to_owned();
    shopper.submit(&change, &[(&mugs, "3")]).await;
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    let address = [
        ("name", "Ada Lovelace"),
        ("line1", "Allee 2"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
    ];
    let changed: Vec<_> = address.into_iter().chain([(mugs.as_str(), "0")]).collect();
    shopper.submit(&change, &changed).await;
    assert_eq!((shopper.status, &shopper.path), (StatusCode::OK, &page));
    shopper.expect("Allee 2");
    shop.settle().await;
    staff.open(&desk).await.expect("Version 3");
    staff.expect("by the shopper");
    shop.close().await;
}
