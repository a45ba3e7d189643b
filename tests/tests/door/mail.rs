//! Every step of an order is told by mail, once, and nothing that a shopper types gets out of its
//! place.

use std::collections::HashSet;

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_adapters::config::{Smtp, SmtpSecurity};
use vitrine_entity::{
    outbox::{self, Queue},
    staff_member::StaffRole,
};
use vitrine_tests::{TestShop, patience::until, purchase::cart_mutation, smtp_sink::SmtpSink};

use crate::purchase::dispatch;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_step_is_told_once() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let sent = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    dispatch(&staff, &sent.id).await;
    let failed = guest.buy(&[(&mug, 1)], "tok_decline").await;
    shop.settle().await;
    let cancel = "mutation($input: OrderCancelInput!) { orderCancel(input: $input) { userErrors { code message } } }";
    guest
        .done(
            cancel,
            json!({ "input": { "orderId": failed.id, "accessToken": failed.access_token } }),
        )
        .await;
    shop.settle().await;

    let mails = shop.mails().await;
    assert!(mails.iter().all(|mail| mail.to == "ada@example.com"));
    let told = |number: &str| {
        let mut subjects: Vec<_> = mails
            .iter()
            .filter(|mail| mail.subject.contains(number))
            .map(|mail| mail.subject.replace(number, "[number]"))
            .collect();
        subjects.sort();
        subjects
    };
    insta::assert_json_snapshot!("mails_of_a_sent_order", told(&sent.number));
    insta::assert_json_snapshot!("mails_of_a_failed_order", told(&failed.number));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mail_opens_the_order() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    for mail in shop.mails().await {
        assert!(mail.text.contains(&placed.access_token), "{}", mail.text);
        assert!(mail.html.contains(&placed.access_token));
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_shopper_types_stays_text() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let cart = guest.check_out(&guest.cart_with(&[(&mug, 1)]).await).await;
    let mut address = vitrine_tests::purchase::address();
    address["name"] = json!("<script>alert(1)</script>\r\n{{ 7 * 7 }}");
    guest
        .done(
            &cart_mutation("cartAddressesUpdate"),
            json!({ "input": { "cartId": cart["id"], "shippingAddress": address } }),
        )
        .await;
    for name in ["Ada\0", "Ada\u{1B}[2J", "Ada\u{202E}b"] {
        address["name"] = json!(name);
        let input = json!({ "input": { "cartId": cart["id"], "shippingAddress": address } });
        assert_eq!(
            guest.refusals(&cart_mutation("cartAddressesUpdate"), input).await,
            ["INVALID"],
            "{name:?}"
        );
    }
    guest.place(&cart, "key", "tok_approve").await;
    shop.settle().await;
    let mails = shop.mails().await;
    assert!(!mails.is_empty());
    for mail in mails {
        assert!(!mail.html.contains("<script"), "{}", mail.html);
        assert!(
            mail.text.contains("<script>alert(1)</script> {{ 7 * 7 }}"),
            "{}",
            mail.text
        );
    }
    let page = guest.get("/dev/mail").await;
    assert_eq!(page.status(), 200);
    let page = page.text().await.unwrap();
    assert!(!page.contains("<script>alert"));
    assert!(page.contains("class=\"masthead\""), "it looks like the shop");
    shop.close().await;
}

/// A shop whose mails go to `sink`.
async fn shop_with(sink: &SmtpSink, timeout_seconds: u64) -> TestShop {
    let smtp = Smtp {
        host: sink.address().ip().to_string(),
        port: Some(sink.address().port()),
        security: SmtpSecurity::None,
        username: None,
        password: None,
        timeout_seconds,
    };
    TestShop::open_with(|config| config.mail.smtp = Some(smtp)).await
}

/// Whether each mail is there, and once.
fn assert_each_came_once(sink: &SmtpSink, expected: usize) {
    let mails = sink.mails();
    let ids: HashSet<_> = mails.iter().map(|mail| mail.header("Message-ID").unwrap()).collect();
    assert_eq!((mails.len(), ids.len()), (expected, expected), "{mails:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_that_says_later_delays_mails_and_nothing_else() {
    let sink = SmtpSink::start().await;
    sink.refuse_with(451);
    let shop = shop_with(&sink, 5).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let placed = guest.buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    assert_eq!(guest.order(&placed).await["status"], "CONFIRMED");

    // A weekend without post, looked at now and then.
    for hours in [1, 6, 24, 40] {
        let before = sink.attempts();
        shop.advance(TimeDelta::hours(hours)).await;
        assert_eq!(sink.attempts(), before + 2, "it is tried again");
        assert!(sink.mails().is_empty());
    }
    sink.accept();
    shop.advance(TimeDelta::hours(1)).await;
    assert_each_came_once(&sink, 2);
    assert!(sink.mails().iter().all(|mail| mail.to == ["ada@example.com"]));
    shop.close().await;
    assert_each_came_once(&sink, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_that_hangs_holds_nothing_up_but_mails() {
    let sink = SmtpSink::start().await;
    sink.hang();
    let shop = shop_with(&sink, 60).await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let (guest, mug) = (shop.guest(), staff.sell("MUG-1", "10.00", 10).await);
    let mut orders = Vec::new();
    for _ in 0..5 {
        orders.push(guest.buy(&[(&mug, 1)], "tok_approve").await);
    }
    for placed in &orders {
        until("the order is confirmed", async || {
            guest.order(placed).await["status"] == "CONFIRMED"
        })
        .await;
    }
    // More mails than are sent at once, and not even the first has been given up yet.
    let mails = outbox::Entity::find().filter(outbox::Column::Queue.eq(Queue::Mail));
    let mails = mails.all(&shop.shop().db).await.unwrap();
    assert_eq!(mails.len(), 10);
    assert!(mails.iter().all(|mail| mail.last_error.is_none()), "{mails:#?}");

    sink.accept();
    shop.settle().await;
    shop.advance(TimeDelta::hours(1)).await;
    assert_each_came_once(&sink, 10);
    shop.close().await;
}
