//! The job, from its outbox row to the post.

use std::time::Duration;

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use uuid::Uuid;
use vitrine_entity::{
    ids::{OrderLineId, OutboxId, PaymentId, ShipmentId, ShipmentLineId},
    order::{self, OrderStatus},
    order_event::{self, OrderEventKind},
    outbox,
    outbox::OutboxState,
    payment,
    payment::{CaptureMode, PaymentStatus},
    shipment,
    shipment::ShipmentStatus,
    shipment_line,
};

use super::rows;
use crate::{
    Context, Shop,
    jobs::Job,
    mail::{
        deliver::{OUTAGE_MAX, send},
        layout::Entry,
    },
    memory::{Answer, Fixture, fixture},
    ports::mailer::{Mail, MailError},
};

/// A shop with one order, in `status`, whose only entry is of `kind`.
async fn shop_with(kind: OrderEventKind, status: OrderStatus, data: serde_json::Value) -> Fixture {
    let fixture = fixture().await;
    let db = &fixture.shop.db;
    let order = order::Model {
        status,
        ..rows::order()
    };
    let lines = rows::lines(order.id);
    let Entry { order, event, .. } = rows::entry(order, 1);
    let event = order_event::Model {
        kind,
        data,
        created_at: fixture.shop.now(),
        ..event
    };
    order.into_active_model().insert(db).await.unwrap();
    for line in lines {
        line.into_active_model().insert(db).await.unwrap();
    }
    event.into_active_model().insert(db).await.unwrap();
    fixture
}

async fn enqueue(shop: &Shop, event: i64) -> OutboxId {
    let job = &Job::SendOrderMail {
        order: rows::order().id,
        event,
    };
    let context = Context::system(shop, "test");
    let recorded = shop.transact(&context, |tx| async move {
        tx.enqueue(rows::order().id, job.clone());
        Ok(())
    });
    recorded.await.unwrap();
    outbox::Entity::find().one(&shop.db).await.unwrap().unwrap().id
}

async fn state(shop: &Shop, id: OutboxId) -> OutboxState {
    outbox::Entity::find_by_id(id)
        .one(&shop.db)
        .await
        .unwrap()
        .unwrap()
        .state
}

/// Runs the job of the only entry; gives the mail's text, if one went out, and the job's state.
async fn run_job(fixture: &Fixture) -> (Option<String>, OutboxState) {
    let id = enqueue(&fixture.shop, 1).await;
    crate::work::run(&fixture.shop, id).await.unwrap();
    (
        fixture.post.taken.take().pop().map(|mail| mail.text),
        state(&fixture.shop, id).await,
    )
}

async fn pay(fixture: &Fixture, status: PaymentStatus, captured_minor: i64) {
    let order = rows::order();
    let row = payment::Model {
        superseded: false,
        id: PaymentId(Uuid::from_u128(1)),
        order_id: order.id,
        provider: "none".to_owned(),
        method_token: "token".to_owned(),
        currency: order.currency,
        amount_minor: order.total_minor,
        captured_minor,
        refunded_minor: 0,
        credited_minor: 0,
        status,
        provider_reference: None,
        decline_code: None,
        reopenable: false,
        client_action: None,
        live: false,
        capture_mode: CaptureMode::AtOnce,
        sent_at: None,
        capture_before: None,
        captures_in_parts: false,
        trouble: None,
        reconciled_in: None,
        order_version: None,
        provider_customer_id: None,
        saves_method: false,
        created_at: order.placed_at,
        updated_at: order.placed_at,
    };
    row.into_active_model().insert(&fixture.shop.db).await.unwrap();
}

/// The database fails just then, longer than the lease holds.
#[tokio::test]
async fn what_was_sent_is_written_down_as_soon_as_it_can_be() {
    let fixture = shop_with(OrderEventKind::Confirmed, OrderStatus::Confirmed, json!({})).await;
    let (shop, id) = (&fixture.shop, enqueue(&fixture.shop, 1).await);
    let refuses = "create trigger refuses before update of state on outbox when new.state = 'DONE' \
                   begin select raise(abort, 'not now'); end";
    shop.db.execute_unprepared(refuses).await.unwrap();
    let healing = async {
        let mut sent = Vec::new();
        while sent.is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
            sent = fixture.post.taken.take();
        }
        // The sweeper came meanwhile, and nobody has begun it anew.
        let heals = "drop trigger refuses; update outbox set state = 'READY', lease_until = null";
        shop.db.execute_unprepared(heals).await.unwrap();
        sent
    };
    let (run, sent) = tokio::join!(crate::work::run(shop, id), healing);
    run.unwrap();
    assert_eq!((sent.len(), state(shop, id).await), (1, OutboxState::Done));
    crate::work::run(shop, id).await.unwrap();
    assert_eq!(fixture.post.taken.take(), [], "it goes out once");
}

#[tokio::test]
async fn a_mail_goes_out_once_with_the_orders_link() {
    let fixture = shop_with(OrderEventKind::Confirmed, OrderStatus::Confirmed, json!({})).await;
    let id = enqueue(&fixture.shop, 1).await;
    for _delivery in 0..3 {
        crate::work::run(&fixture.shop, id).await.unwrap();
    }
    let mails = fixture.post.taken.take();
    assert_eq!(mails.len(), 1);
    let order = rows::order().id;
    assert_eq!(
        (mails[0].to.as_str(), mails[0].message_id.as_str()),
        ("ada@example.com", format!("{order}.1").as_str())
    );
    let token = crate::orders::access::token(&fixture.shop, order);
    assert!(
        mails[0]
            .text
            .contains(&format!("https://shop.example/orders/{order}?token={token}\n"))
    );
    assert_eq!(state(&fixture.shop, id).await, OutboxState::Done);
}

#[tokio::test]
async fn what_is_no_longer_so_stays_unsent() {
    let fixture = shop_with(OrderEventKind::PaymentFailed, OrderStatus::Confirmed, json!({})).await;
    assert_eq!(run_job(&fixture).await, (None, OutboxState::Done));
    // Late, and true all the same.
    let fixture = shop_with(OrderEventKind::Created, OrderStatus::Cancelled, json!({})).await;
    let (text, state) = run_job(&fixture).await;
    assert!(text.is_some());
    assert_eq!(state, OutboxState::Done);
}

#[tokio::test]
async fn a_failing_post_is_tried_again_and_a_refusing_one_is_not() {
    let cause = || Box::new(std::io::Error::other("the post says no"));
    for (answer, expected) in [
        (Answer::Refuses(MailError::Temporary(cause())), OutboxState::Ready),
        (Answer::Refuses(MailError::Permanent(cause())), OutboxState::Buried),
    ] {
        let fixture = shop_with(OrderEventKind::Confirmed, OrderStatus::Confirmed, json!({})).await;
        fixture.post.answers.lock().unwrap().push_back(answer);
        assert_eq!(run_job(&fixture).await, (None, expected));
        let row = outbox::Entity::find().one(&fixture.shop.db).await.unwrap().unwrap();
        assert!(row.last_error.unwrap().contains("the post says no"));
    }
}

#[tokio::test]
async fn a_hanging_post_is_given_up_and_tried_again() {
    let fixture = fixture().await;
    fixture.post.answers.lock().unwrap().push_back(Answer::Hangs);
    let mail = Mail {
        message_id: String::new(),
        to: String::new(),
        subject: String::new(),
        text: String::new(),
        html: String::new(),
        unsubscribe: None,
        attachments: Vec::new(),
    };
    let outcome = send(&fixture.shop, &mail, Duration::from_millis(1)).await;
    assert!(matches!(outcome, Err(MailError::Unknown(_))));
}

#[tokio::test]
async fn a_post_that_takes_mails_and_never_says_so_is_not_given_hundreds_of_copies() {
    let fixture = shop_with(OrderEventKind::Confirmed, OrderStatus::Confirmed, json!({})).await;
    let id = enqueue(&fixture.shop, 1).await;
    let mut copies = 0;
    while state(&fixture.shop, id).await != OutboxState::Buried {
        let unknown = Answer::Refuses(MailError::Unknown("cut after DATA".into()));
        fixture.post.answers.lock().unwrap().push_back(unknown);
        crate::work::run(&fixture.shop, id).await.unwrap();
        let pause = row(&fixture.shop).await.run_at - fixture.shop.now();
        fixture.clock.advance(pause.max(TimeDelta::zero()));
        copies += 1;
        assert!(copies < 20, "endless");
    }
    assert!(copies > 10, "{copies}");
}

fn later() -> Answer {
    Answer::Refuses(MailError::Temporary("451 later".into()))
}

async fn row(shop: &Shop) -> outbox::Model {
    outbox::Entity::find().one(&shop.db).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_post_that_is_away_for_days_loses_no_mail() {
    let fixture = shop_with(OrderEventKind::Confirmed, OrderStatus::Confirmed, json!({})).await;
    let id = enqueue(&fixture.shop, 1).await;
    let (began, mut attempts) = (fixture.shop.now(), 0);
    while fixture.shop.now() - began < TimeDelta::days(4) {
        fixture.post.answers.lock().unwrap().push_back(later());
        crate::work::run(&fixture.shop, id).await.unwrap();
        let row = row(&fixture.shop).await;
        assert_eq!((row.state, row.attempts), (OutboxState::Ready, 0));
        fixture.clock.advance(row.run_at - fixture.shop.now());
        attempts += 1;
    }
    assert!((100..500).contains(&attempts), "{attempts}");
    crate::work::run(&fixture.shop, id).await.unwrap();
    assert_eq!(fixture.post.taken.take().len(), 1);
    assert_eq!(state(&fixture.shop, id).await, OutboxState::Done);
}

#[tokio::test]
async fn a_mail_that_nobody_ever_takes_is_buried() {
    let fixture = shop_with(OrderEventKind::Confirmed, OrderStatus::Confirmed, json!({})).await;
    let id = enqueue(&fixture.shop, 1).await;
    fixture.clock.advance(OUTAGE_MAX);
    let mut attempts = 0;
    while state(&fixture.shop, id).await == OutboxState::Ready || attempts == 0 {
        fixture.post.answers.lock().unwrap().push_back(later());
        crate::work::run(&fixture.shop, id).await.unwrap();
        fixture.clock.advance(TimeDelta::hours(1));
        attempts += 1;
    }
    assert_eq!(attempts, 16);
    let row = row(&fixture.shop).await;
    assert_eq!(row.state, OutboxState::Buried);
    assert!(row.last_error.unwrap().contains("451 later"));
}

#[tokio::test]
async fn what_does_not_exist_is_buried() {
    let fixture = shop_with(OrderEventKind::Alert, OrderStatus::Confirmed, json!({})).await;
    assert_eq!(run_job(&fixture).await, (None, OutboxState::Buried));
    let fixture = shop_with(OrderEventKind::Confirmed, OrderStatus::Confirmed, json!({})).await;
    let id = enqueue(&fixture.shop, 7).await;
    crate::work::run(&fixture.shop, id).await.unwrap();
    assert_eq!(state(&fixture.shop, id).await, OutboxState::Buried);
}

#[tokio::test]
async fn a_declined_payment_tells_why() {
    let data = json!({ "declineCode": "expired_card" });
    let fixture = shop_with(OrderEventKind::PaymentFailed, OrderStatus::PaymentFailed, data).await;
    let (text, _) = run_job(&fixture).await;
    assert!(text.unwrap().contains("This card has expired."));
}

#[tokio::test]
async fn a_cancellation_tells_what_becomes_of_the_money() {
    for (status, captured_minor, expected) in [
        (PaymentStatus::Declined, 0, "You have not been charged.\n"),
        (PaymentStatus::Authorized, 0, "as held"),
        (PaymentStatus::Captured, 133_700, "You had paid €1,337.00"),
    ] {
        let data = json!({ "reason": "it sold out." });
        let fixture = shop_with(OrderEventKind::Cancelled, OrderStatus::Cancelled, data).await;
        pay(&fixture, status, captured_minor).await;
        let text = run_job(&fixture).await.0.unwrap();
        assert!(text.contains(expected) && text.contains("it sold out."), "{text}");
    }
}

#[tokio::test]
async fn a_refund_tells_its_amount_and_its_reason() {
    let data = json!({ "amountMinor": 1_250, "currency": "EUR", "reason": "<b>A scratch</b> on it" });
    let fixture = shop_with(OrderEventKind::Refunded, OrderStatus::Cancelled, data).await;
    pay(&fixture, PaymentStatus::Captured, 133_700).await;
    let text = run_job(&fixture).await.0.unwrap();
    assert!(
        text.contains("We have paid €12.50 back") && !text.contains("Nothing of what you paid"),
        "{text}"
    );
    assert!(text.contains("The reason: <b>A scratch</b> on it"), "{text}");
}

#[tokio::test]
async fn a_parcel_shows_its_part_and_only_web_links() {
    let fixture = shop_with(OrderEventKind::Dispatched, OrderStatus::Dispatched, json!({})).await;
    let order = rows::order();
    let row = shipment::Model {
        id: ShipmentId(Uuid::from_u128(1)),
        order_id: order.id,
        status: ShipmentStatus::Dispatched,
        carrier: Some("DHL".to_owned()),
        tracking_number: Some("123".to_owned()),
        tracking_url: Some("javascript:alert(1)".to_owned()),
        created_at: order.placed_at,
        weight_grams: None,
        length_mm: None,
        width_mm: None,
        height_mm: None,
        status_at: None,
        dispatched_at: Some(order.placed_at),
        delivered_at: None,
        heard_at: Some(order.placed_at),
        version: 1,
        label_due: false,
    };
    row.into_active_model().insert(&fixture.shop.db).await.unwrap();
    let part = shipment_line::ActiveModel {
        id: Set(ShipmentLineId(Uuid::from_u128(1))),
        shipment_id: Set(ShipmentId(Uuid::from_u128(1))),
        order_line_id: Set(OrderLineId(Uuid::from_u128(1))),
        quantity: Set(1),
        location_id: Set(None),
    };
    part.insert(&fixture.shop.db).await.unwrap();
    let text = run_job(&fixture).await.0.unwrap();
    assert!(
        text.contains("A part of your order") && text.contains("1 × Ribbed glass pendant lamp, Amber / 40 cm\n"),
        "{text}"
    );
    assert!(
        text.contains("with DHL.") && text.contains("Tracking number: 123") && !text.contains("javascript"),
        "{text}"
    );
}
