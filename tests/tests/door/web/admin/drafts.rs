//! An order by phone: put together at the desk by forms, sent, and paid by its link, while a cart of the shopper's waits.

use reqwest::StatusCode;
use serde_json::json;
use vitrine_adapters::config::BankTransfer;
use vitrine_entity::staff_member::StaffRole;
use vitrine_tests::{TestShop, shopper::Shopper};

use super::at_work;

/// The value of a field that stands once on the page.
fn value(page: &Shopper, form: &str, name: &str) -> String {
    let fields = page.fields(form);
    let found = fields.iter().find(|(field, _)| field == name);
    found
        .unwrap_or_else(|| panic!("{form} has no {name}: {fields:?}"))
        .1
        .clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_desk_puts_an_order_together_and_its_link_is_paid() {
    let shop = TestShop::open_with(|config| {
        config.payment.bank_transfer = Some(BankTransfer {
            instructions: "Pay {amount}, naming {number}.".to_owned(),
            hold_days: 7,
        });
    })
    .await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mut desk = at_work(&shop, "administrator@example.com", "en").await;
    desk.open("/admin/orders").await.expect("Draft orders");
    desk.open("/admin/drafts")
        .await
        .submit("/admin/drafts", &[])
        .await
        .expect("Nothing is in it yet.");
    let page = desk.path.clone();
    assert!(page.starts_with("/admin/drafts/draft_"), "{page}");
    let at = |deed: &str| format!("{page}/{deed}");

    // Goods are found by typing; a line of its own needs a price.
    desk.submit(&at("add"), &[]).await;
    assert_eq!(desk.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing is chosen");
    let words = [("find.goods", "alba dome"), ("find", "goods")];
    desk.submit(&at("add"), &words).await.expect("LMP-ALBA-TER");
    desk.submit(&at("add"), &[("find.goods", "LMP-ALBA-TER")])
        .await
        .expect("Put in.");
    desk.expect("Alba Dome Lamp");
    desk.submit(
        &at("own"),
        &[("title", "Engraving"), ("quantity", "1"), ("unitPrice", "dear")],
    )
    .await;
    assert_eq!(desk.status, StatusCode::UNPROCESSABLE_ENTITY);
    desk.submit(
        &at("own"),
        &[("title", "Engraving"), ("quantity", "1"), ("unitPrice", "15")],
    )
    .await
    .expect("Own line");
    let row = value(&desk, &at("lines"), "row");
    let (quantity, price) = (format!("{row}.quantity"), format!("{row}.unitPrice"));
    desk.submit(&at("lines"), &[(&quantity, "2"), (&price, "100")])
        .await
        .expect("€200.00");

    // Where it goes, whoever pays says; what that costs is in no sum before.
    desk.expect("Whoever pays by the link says it then.");
    desk.submit(&at("save"), &[("email", "grace@example.com")]).await;
    desk.submit(&at("send"), &[("mail", "yes")]).await;
    shop.settle().await;
    let mails = shop.mails().await;
    let first = mails.last().expect("a mail");
    assert!(first.text.contains("To pay: €215.00, plus shipping"), "{}", first.text);

    // For whom, how it is sent, and for how much less.
    let person = [
        ("email", "ada@example.com"),
        ("name", "Ada Lovelace"),
        ("line1", "Unter den Linden 1"),
        ("postalCode", "10117"),
        ("city", "Berlin"),
        ("countryCode", "DE"),
        ("staffNote", "By phone."),
    ];
    desk.submit(&at("save"), &person).await.expect("Saved.");
    let own = [
        ("method", "own"),
        ("shippingTitle", "By our van"),
        ("shippingPrice", "12"),
    ];
    desk.submit(&at("shipping"), &own).await.expect("By our van");
    desk.submit(&at("discount"), &[("off", "10%"), ("discountTitle", "For you")])
        .await
        .expect("For you");
    desk.expect("€205.50");
    desk.submit(&at("send"), &[("message", "As we said."), ("mail", "yes")])
        .await
        .expect("It can be paid by its link.");
    let link = desk.html.split("id=\"link\" value=\"").nth(1).expect("a link");
    let link = link.split('"').next().expect("its end").replace("&#x2f;", "/");
    shop.settle().await;
    let mails = shop.mails().await;
    let mail = mails
        .iter()
        .find(|mail| mail.to.contains("ada@example.com"))
        .expect("a mail");
    assert!(
        mail.text.contains(&link) && mail.text.contains("As we said."),
        "{}",
        mail.text
    );

    // The shopper's own cart waits while this is paid, and is there again after.
    let (_, token) = link.split_once("/drafts/").expect("its page");
    let mut shopper = Shopper::new(&shop);
    shopper
        .open("/products/dipped-mug")
        .await
        .submit("/cart/lines", &[("quantity", "1")])
        .await
        .expect("Dipped Mug");
    let draft = format!("/drafts/{}", token.split('?').next().expect("its id"));
    shopper.open(&draft).await;
    assert_eq!(shopper.status, StatusCode::NOT_FOUND);
    shopper.open(&format!("/drafts/{token}")).await.expect("As we said.");
    assert_eq!(shopper.path, draft, "the token stands in no address");
    shopper.submit(&draft, &[]).await;
    assert_eq!((shopper.status, &*shopper.path), (StatusCode::OK, "/checkout/payment"));
    shopper.expect("put together for you");
    shopper.expect("€205.50");
    shopper.open("/cart").await.expect("Dipped Mug");
    shopper.open(&draft).await.submit(&draft, &[]).await;
    shopper
        .submit(
            "/checkout/payment",
            &[("method", "simulated"), ("token", "tok_approve")],
        )
        .await;
    assert!(shopper.path.starts_with("/orders/ord_"), "{}", shopper.path);
    shopper.expect("Engraving");
    shopper.open("/cart").await.expect("Dipped Mug");
    shopper.open(&draft).await.expect("This is ordered already.");
    shop.settle().await;
    desk.open(&page).await.expect("It is an order:");
    let number = desk
        .html
        .split("<h1>")
        .nth(1)
        .and_then(|rest| rest.split(['<', '>']).nth(2));
    let number = number.expect("its number").to_owned();
    // The order is found by the draft's number, also as somebody reads it out, and after it was written anew.
    let asked = "query($q: String!) { orders(first: 5, where: { query: $q }) { nodes { id draftOrder { number } } } }";
    let found = staff.data(asked, json!({ "q": number })).await["orders"]["nodes"].take();
    assert_eq!(found[0]["draftOrder"]["number"], number.as_str(), "{found}");
    let contact =
        "mutation($input: OrderContactUpdateInput!) { orderContactUpdate(input: $input) { userErrors { code } } }";
    let contact_input = json!({ "orderId": found[0]["id"], "phone": "+49 30 123456" });
    staff.done(contact, json!({ "input": contact_input })).await;
    let read_out = number.replace('-', " ").to_lowercase();
    let again = staff.data(asked, json!({ "q": read_out })).await["orders"]["nodes"].take();
    assert_eq!(again[0]["id"], found[0]["id"]);
    desk.open(&format!("/admin/orders/{}", found[0]["id"].as_str().unwrap()))
        .await
        .expect(&number);

    // Another one is paid otherwise, from a copy; and one is deleted and back again.
    desk.open(&page)
        .await
        .submit(&at("duplicate"), &[])
        .await
        .expect("Duplicated");
    let copy = desk.path.split('?').next().expect("a path").to_owned();
    let paid = [("paymentMethod", "bank_transfer"), ("paid", "yes")];
    desk.submit(&format!("{copy}/complete"), &paid).await;
    assert!(desk.path.starts_with("/admin/orders/ord_"), "{}", desk.path);
    shop.settle().await;
    let order = desk.path.rsplit('/').next().expect("an id").to_owned();
    let asked = "query($id: ID!) { order(id: $id) { payment { capturedAmount { amount } } } }";
    let order = staff.data(asked, json!({ "id": order })).await["order"].take();
    assert_eq!(order["payment"]["capturedAmount"]["amount"], "205.50", "{order}");
    desk.open("/admin/drafts").await.submit("/admin/drafts", &[]).await;
    let other = desk.path.clone();
    desk.submit(&format!("{other}/delete"), &[]).await.expect("deleted");
    desk.submit("/admin/drafts/restore", &[]).await.expect("is back");
    desk.open("/admin/drafts?q=ada@example.com&status=COMPLETED")
        .await
        .expect("2 draft orders");
    shop.settle().await;
    shop.close().await;
}
