//! What is forgotten, and what is not.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use uuid::Uuid;
use vitrine_entity::{
    cart,
    currency::Currency,
    customer,
    ids::{CartId, CustomerId, OrderId, VariantId},
    notification::NotificationKind,
    outbox::OutboxState,
    provider_event,
};

use super::*;
use crate::{
    jobs::Job,
    memory::{Fixture, fixture, fixture_with},
};

async fn write_cart(fixture: &Fixture, customer: Option<CustomerId>, order: Option<OrderId>) -> CartId {
    let (shop, id) = (&fixture.shop, CartId(fixture.shop.ids.unguessable()));
    let row = cart::Model {
        id,
        customer_id: customer,
        currency: Currency::EUR,
        locale: "en".to_owned(),
        email: None,
        shipping_address: None,
        billing_address: None,
        shipping_method_id: None,
        note: None,
        version: 1,
        order_id: order,
        created_at: shop.now(),
        updated_at: shop.now(),
        tax_id: None,
        attributes: Default::default(),
        gift_message: None,
        country: None,
        credits: Default::default(),
        discount_codes: Default::default(),
        purchase_order_number: None,
        purchase_request_id: None,
        draft: None,
    };
    row.into_active_model().insert(&shop.db).await.unwrap();
    id
}

async fn write_customer(fixture: &Fixture) -> CustomerId {
    let row = customer::Model {
        id: CustomerId(Uuid::from_u128(1)),
        email: "ada@example.com".to_owned(),
        name: "Ada Lovelace".to_owned(),
        password_hash: String::new(),
        has_password: true,
        address_proven: true,
        created_at: fixture.shop.now(),
        tax_exempt: false,
        tax_exempt_reason: None,
        version: 1,
        disabled_at: None,
        last_seen_at: None,
        inactivity_told_at: None,
        language: None,
    };
    row.into_active_model().insert(&fixture.shop.db).await.unwrap().id
}

async fn carts(fixture: &Fixture) -> Vec<CartId> {
    let rows = cart::Entity::find().all(&fixture.shop.db).await.unwrap();
    let mut ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    ids
}

#[tokio::test]
async fn only_a_guests_cart_that_became_no_order_is_forgotten() {
    let fixture = fixture().await;
    let customer = write_customer(&fixture).await;
    write_cart(&fixture, None, None).await;
    let mut kept = vec![
        write_cart(&fixture, Some(customer), None).await,
        write_cart(&fixture, None, Some(OrderId(Uuid::from_u128(1)))).await,
    ];
    fixture.clock.advance(fixture.shop.settings.retention.guest_carts);
    assert_eq!(
        forget_now(&fixture.shop).await.unwrap().carts,
        0,
        "a guest may come back today"
    );
    fixture.clock.advance(TimeDelta::seconds(1));
    kept.push(write_cart(&fixture, None, None).await);
    kept.sort_unstable();
    assert_eq!(forget_now(&fixture.shop).await.unwrap().carts, 1);
    assert_eq!(carts(&fixture).await, kept);
}

#[tokio::test]
async fn more_than_a_batch_is_forgotten_at_once() {
    let fixture = fixture().await;
    for _ in 0..501 {
        write_cart(&fixture, None, None).await;
    }
    fixture
        .clock
        .advance(fixture.shop.settings.retention.guest_carts + TimeDelta::days(1));
    assert_eq!(forget_now(&fixture.shop).await.unwrap().carts, 501);
}

#[tokio::test]
async fn old_webhooks_and_finished_jobs_are_forgotten_and_buried_ones_are_not() {
    let fixture = fixture().await;
    let shop = &fixture.shop;
    let event = provider_event::ActiveModel {
        provider: Set("stripe".to_owned()),
        event_id: Set("evt_1".to_owned()),
        kind: Set("charge".to_owned()),
        payment_id: Set(None),
        received_at: Set(shop.now()),
    };
    event.insert(&shop.db).await.unwrap();
    for state in [OutboxState::Done, OutboxState::Buried] {
        let job = Job::IndexProducts { products: Vec::new() };
        let mut row = outbox::record::row(shop, &Context::system(shop, "test"), None, &job, None);
        row.state = Set(state);
        row.finished_at = Set(Some(shop.now()));
        row.insert(&shop.db).await.unwrap();
    }
    fixture.clock.advance(TimeDelta::days(8));
    let forgotten = forget_now(shop).await.unwrap();
    assert_eq!((forgotten.jobs, forgotten.provider_events), (1, 0));
    fixture.clock.advance(TimeDelta::days(90));
    let forgotten = forget_now(shop).await.unwrap();
    assert_eq!((forgotten.jobs, forgotten.provider_events), (0, 1));
}

#[tokio::test]
async fn it_is_done_once_an_hour_however_many_ask() {
    let fixture = fixture().await;
    let mut done = 0;
    for _ in 0..30 {
        fixture.clock.advance(TimeDelta::minutes(10));
        for _ in 0..3 {
            done += usize::from(forget(&fixture.shop).await.unwrap().is_some());
        }
    }
    // The first tick comes an hour after the schedule was first heard of.
    assert_eq!(done, 4);
}

#[tokio::test]
async fn messages_are_forgotten_where_the_shop_says_when() {
    for (kept, forgotten) in [(None, 0), (Some(TimeDelta::days(30)), 1)] {
        let fixture = fixture_with(|parts| parts.settings.retention.messages = kept).await;
        let (shop, customer) = (&fixture.shop, write_customer(&fixture).await);
        let tell = || {
            let context = Context::system(shop, "test");
            async move {
                let subject = VariantId(Uuid::from_u128(1));
                shop.transact(&context, |tx| async move {
                    in_app::notify(&tx, customer, subject, NotificationKind::Confirmed).await
                })
                .await
                .unwrap();
            }
        };
        tell().await;
        fixture.clock.advance(TimeDelta::days(31));
        tell().await;
        assert_eq!(forget_now(shop).await.unwrap().messages, forgotten, "{kept:?}");
    }
}
