//! Shoppers who agree to text messages are told of their parcels by them: once, and not after they want none.

mod provider;

use chrono::TimeDelta;
use reqwest::StatusCode;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use vitrine_adapters::{
    config::{Secret, Twilio},
    sms::{TwilioSms, file::read_folder},
};
use vitrine_commerce::ports::{SmsSender, sms::SmsCheckError};
use vitrine_entity::{event, order_sms, order_sms_consent, staff_member::StaffRole};
use vitrine_tests::{Client, TestShop, shopper::Shopper, webhook_receiver::WebhookReceiver};

use self::provider::SmsProvider;

const CONSENT: &str = "mutation($input: OrderSmsConsentSetInput!) { orderSmsConsentSet(input: $input) {
    order { sms { offered phone wording } } userErrors { code message field } } }";
const DISPATCH: &str = "mutation($input: OrderDispatchInput!) { orderDispatch(input: $input) {
    order { id } userErrors { code message field } } }";
const SAY: &str = "mutation($input: ShipmentEventAddInput!) { shipmentEventAdd(input: $input) {
    shipment { id status } userErrors { code message field } } }";
const RESEND: &str = "mutation($input: OrderSmsResendInput!) { orderSmsResend(input: $input) {
    order { id } userErrors { code message field } } }";
const COMPLETE: &str = "mutation($input: OrderCompleteInput!) { orderComplete(input: $input) {
    order { id } userErrors { code message field } } }";
const ERASE: &str = "mutation($input: CustomerEraseInput!) { customerErase(input: $input) {
    plan { ordersLater } userErrors { code message field } } }";
const ENDPOINT: &str = "mutation($input: WebhookEndpointCreateInput!) { webhookEndpointCreate(input: $input) {
    webhookEndpoint { id } userErrors { code message field } } }";
const ORDER: &str = "query($id: ID!) { order(id: $id) { lines { id } shipments { id }
    sms { phone messages { eventNumber state providerId failure } } } }";

async fn order(staff: &Client, id: &str) -> Value {
    staff.data(ORDER, json!({ "id": id })).await["order"].take()
}

async fn states(staff: &Client, id: &str) -> Vec<String> {
    let order = order(staff, id).await;
    let messages = order["sms"]["messages"].as_array().unwrap().iter();
    messages.map(|row| row["state"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_parcel_is_told_once_whatever_the_provider_does_and_not_to_whoever_stopped_it() {
    let provider = SmsProvider::start().await;
    let receiver = WebhookReceiver::start().await.unwrap();
    let shop = TestShop::open_with(|config| {
        config.sms.twilio = Some(provider.settings());
        config.webhooks.to_inside = true;
    })
    .await;
    let (staff, guest) = (shop.staff(StaffRole::Administrator).await, shop.guest());
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    let placed = guest.buy(&[(&mug, 3)], "tok_approve").await;
    shop.settle().await;
    let say = |granted: bool, phone: &str| {
        json!({ "input": { "orderId": placed.id, "accessToken": placed.access_token, "granted": granted, "phone": phone,
            "wording": "sms 1" } })
    };
    assert_eq!(guest.refusals(CONSENT, say(true, "151 23")).await, ["INVALID"]);
    let mut stranger = say(true, "0151 23456789");
    stranger["input"]["accessToken"] = json!("of another order");
    assert_eq!(shop.guest().refusals(CONSENT, stranger).await, ["NOT_FOUND"]);
    for _ in 0..2 {
        let told = guest.done(CONSENT, say(true, "0151 / 23456789")).await;
        let expected = json!({ "offered": true, "phone": "+4915123456789", "wording": "sms 1" });
        assert_eq!(told["order"]["sms"], expected);
    }
    let messages =
        "query($id: ID!, $token: String) { order(id: $id, accessToken: $token) { sms { messages { state } } } }";
    let shown = guest
        .answer(messages, json!({ "id": placed.id, "token": placed.access_token }))
        .await;
    assert!(shown["data"]["order"]["sms"]["messages"].is_null(), "{shown}");

    // Others are told of it, and neither the number nor the text.
    let endpoint = json!({ "input": { "url": receiver.url(), "eventTypes": ["NOTIFICATION_REQUESTED"] } });
    staff.done(ENDPOINT, endpoint).await;

    // It is away, and sends later.
    provider.answers(503, json!({}));
    let line = order(&staff, &placed.id).await["lines"][0]["id"].take();
    let one = json!({ "orderId": placed.id, "carrier": "DHL", "idempotencyKey": "the first", "lines": [{ "lineId": line, "quantity": 1 }] });
    staff.done(DISPATCH, json!({ "input": one })).await;
    shop.settle().await;
    assert_eq!(states(&staff, &placed.id).await, ["WAITING"]);
    shop.advance(TimeDelta::minutes(1)).await;
    assert_eq!(states(&staff, &placed.id).await, ["SENT"]);
    let asked = provider.asked();
    assert_eq!((asked.len(), &asked[0]), (2, &asked[1]));
    assert_eq!(
        (&*asked[1]["To"], &*asked[1]["From"]),
        ("+4915123456789", "+15005550006")
    );
    let (text, part) = (
        &asked[1]["Body"],
        format!("a part of your order {} is on its way. http", placed.number),
    );
    assert!(text.contains(&part) && text.contains(&placed.access_token), "{text}");

    // Nobody knows whether it has sent the next, which is not sent twice.
    provider.answers(500, json!({}));
    staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
    shop.settle().await;
    shop.advance(TimeDelta::hours(1)).await;
    let staff = shop.sign_in(StaffRole::Administrator).await;
    assert_eq!(states(&staff, &placed.id).await, ["SENT", "UNKNOWN"]);
    assert_eq!(provider.asked().len(), 3);
    // Until staff say so.
    let event = order(&staff, &placed.id).await["sms"]["messages"][1]["eventNumber"].take();
    let again = json!({ "input": { "orderId": placed.id, "eventNumber": event, "idempotencyKey": "once" } });
    for _ in 0..2 {
        staff.done(RESEND, again.clone()).await;
        shop.settle().await;
    }
    assert_eq!(states(&staff, &placed.id).await, ["SENT", "SENT"]);
    assert_eq!(provider.asked().len(), 4);
    let told = event::Entity::find().filter(event::Column::Kind.eq("notification-requested"));
    let told = told.order_by_asc(event::Column::Id).all(&shop.shop().db).await.unwrap();
    let told: Vec<Value> = told
        .into_iter()
        .map(|row| row.data)
        .filter(|data| data["channel"] == "SMS")
        .collect();
    let one = json!({ "channel": "SMS", "notification": "order_dispatched", "orderId": placed.id });
    assert_eq!(
        told,
        [one.clone(), one.clone(), one],
        "the part, the rest, and that again"
    );
    let mut none = again.clone();
    none["input"]["eventNumber"] = json!(1);
    none["input"]["idempotencyKey"] = json!("of none");
    assert_eq!(staff.refusals(RESEND, none).await, ["NOT_FOUND"]);
    assert_eq!(guest.refusals(RESEND, again).await, ["UNAUTHENTICATED"]);

    // The shopper has answered STOP: then the parcel's arrival is not told.
    let parcel = order(&staff, &placed.id).await["shipments"][0]["id"].take();
    provider.answers(
        400,
        json!({ "code": 21610, "message": "+4915123456789 has stopped them" }),
    );
    for kind in ["IN_TRANSIT", "OUT_FOR_DELIVERY", "DELIVERED"] {
        staff
            .done(SAY, json!({ "input": { "shipmentId": parcel, "kind": kind } }))
            .await;
        shop.settle().await;
    }
    let stopped = order(&staff, &placed.id).await["sms"].take();
    assert!(stopped["phone"].is_null());
    assert_eq!(stopped["messages"].as_array().unwrap().len(), 3);
    assert_eq!(stopped["messages"][2]["failure"], "21610: … has stopped them");
    assert_eq!(provider.asked().len(), 5);
    // Whoever wants none any more may say so for ever; what is kept tells of both.
    guest.done(CONSENT, say(false, "")).await;

    // Nor is a number kept of whoever is erased, or what was said to messages, as long as the order keeps its person.
    staff.done(COMPLETE, json!({ "input": { "orderId": placed.id } })).await;
    let erase = json!({ "input": { "email": "ada@example.com", "dryRun": false } });
    staff.done(ERASE, erase).await;
    let db = &shop.shop().db;
    assert_eq!(order_sms_consent::Entity::find().count(db).await.unwrap(), 2);
    shop.advance(TimeDelta::hours(1)).await;
    assert_eq!(order_sms_consent::Entity::find().count(db).await.unwrap(), 0);
    assert_eq!(order_sms::Entity::find().count(db).await.unwrap(), 0);
    // What the doctor asks sends nothing.
    let sender = shop.shop().sms.clone().unwrap();
    assert_eq!(sender.check().await, Ok(()));
    provider.suspend();
    let suspended = SmsCheckError::Refused("the account is suspended".to_owned());
    assert_eq!(sender.check().await, Err(suspended));
    let stranger = Twilio {
        auth_token: Secret::new("another token"),
        ..provider.settings()
    };
    let refused = TwilioSms::new(&stranger).unwrap().check().await;
    let expected = SmsCheckError::Refused("20003: Authenticate".to_owned());
    assert_eq!((refused, provider.asked().len()), (Err(expected), 5));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shopper_asks_for_text_messages_on_the_orders_page() {
    let shop = TestShop::open().await;
    let staff = shop.staff(StaffRole::Administrator).await;
    let mug = staff.sell("MUG-1", "10.00", 9).await;
    let placed = shop.guest().buy(&[(&mug, 1)], "tok_approve").await;
    shop.settle().await;
    let mut shopper = Shopper::new(&shop);
    let form = format!("/orders/{}/sms", placed.id);
    shopper
        .open(&format!("/orders/{}?token={}", placed.id, placed.access_token))
        .await;
    shopper
        .submit(&form, &[("mobile", "call me"), ("granted", "yes")])
        .await;
    shopper.expect("Enter a mobile number with the code of its country");
    assert_eq!(shopper.status, StatusCode::UNPROCESSABLE_ENTITY);
    // At its field, with what was typed.
    for part in [
        r#"maxlength="50" required value="call me" aria-invalid="true" aria-describedby="mobile-error""#,
        r#"<p class="error" id="mobile-error">Enter a mobile number"#,
        r#"name="granted" value="yes" required checked>"#,
    ] {
        assert!(shopper.html.contains(part), "{part}: {}", shopper.html);
    }
    shopper
        .submit(&form, &[("mobile", "+49 151 23456789"), ("granted", "yes")])
        .await;
    shopper.expect("+4915123456789");
    staff.done(DISPATCH, json!({ "input": { "orderId": placed.id } })).await;
    shop.settle().await;
    let folder = shop.config().sms_folder().unwrap();
    let sent = read_folder(&folder).await.unwrap();
    assert_eq!((sent.len(), sent[0].to.as_str()), (1, "+4915123456789"));
    let page = shop.guest().get("/dev/mail").await.text().await.unwrap();
    assert!(
        page.contains("Text messages") && page.contains("is on its way"),
        "{page}"
    );
    shopper.submit(&form, &[]).await;
    shopper.expect("Mobile number");
    shop.close().await;
}
