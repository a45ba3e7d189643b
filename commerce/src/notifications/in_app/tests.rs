use sea_orm::ActiveModelTrait;
use uuid::Uuid;
use vitrine_entity::{customer, ids::VariantId};

use super::*;
use crate::{
    Viewer,
    memory::{Fixture, codes, context, fixture},
};

const ADA: CustomerId = CustomerId(Uuid::from_u128(1));
const EVE: CustomerId = CustomerId(Uuid::from_u128(2));
const SUBJECT: VariantId = VariantId(Uuid::from_u128(3));

/// A shop in which Ada was told of three things and Eve of one.
async fn told() -> Fixture {
    let fixture = fixture().await;
    for (id, email) in [(ADA, "ada@example.com"), (EVE, "eve@example.com")] {
        let row = customer::ActiveModel {
            id: Set(id),
            email: Set(email.to_owned()),
            name: Set(email.to_owned()),
            password_hash: Set(String::new()),
            has_password: Set(true),
            address_proven: Set(true),
            created_at: Set(fixture.shop.now()),
            tax_exempt: Set(false),
            tax_exempt_reason: Set(None),
            version: Set(1),
            disabled_at: Set(None),
            last_seen_at: Set(None),
            inactivity_told_at: Set(None),
            language: Set(None),
        };
        row.insert(&fixture.shop.db).await.unwrap();
    }
    for (customer, kind) in [
        (ADA, NotificationKind::Confirmed),
        (EVE, NotificationKind::Cancelled),
        (ADA, NotificationKind::Dispatched),
        (ADA, NotificationKind::Completed),
    ] {
        fixture.clock.advance(chrono::TimeDelta::milliseconds(1));
        let context = Context::system(&fixture.shop, "test");
        fixture
            .shop
            .transact(&context, |tx| async move { notify(&tx, customer, SUBJECT, kind).await })
            .await
            .unwrap();
    }
    fixture
}

fn as_(customer: CustomerId) -> Context {
    context(Viewer::Customer(customer))
}

fn kinds(page: &Page<notification::Model>) -> Vec<NotificationKind> {
    page.rows.iter().map(|(_, row)| row.kind).collect()
}

#[tokio::test]
async fn ones_own_newest_first_page_by_page() {
    let fixture = told().await;
    let newest_first = [
        NotificationKind::Completed,
        NotificationKind::Dispatched,
        NotificationKind::Confirmed,
    ];
    let all = list(&fixture.shop, &as_(ADA), &PageRequest::first(10)).await.unwrap();
    assert_eq!(
        (kinds(&all).as_slice(), all.has_next, all.has_previous),
        (&newest_first[..], false, false)
    );

    let first = list(&fixture.shop, &as_(ADA), &PageRequest::first(2)).await.unwrap();
    assert_eq!((kinds(&first).as_slice(), first.has_next), (&newest_first[..2], true));
    let after = PageRequest {
        after: Some(first.rows[1].0.clone()),
        ..PageRequest::first(2)
    };
    let second = list(&fixture.shop, &as_(ADA), &after).await.unwrap();
    assert_eq!(
        (kinds(&second).as_slice(), second.has_next, second.has_previous),
        (&newest_first[2..], false, true)
    );
    let before = PageRequest {
        last: Some(2),
        before: Some(second.rows[0].0.clone()),
        ..PageRequest::default()
    };
    assert_eq!(
        kinds(&list(&fixture.shop, &as_(ADA), &before).await.unwrap()),
        newest_first[..2]
    );

    let last = PageRequest {
        last: Some(1),
        ..PageRequest::default()
    };
    assert_eq!(
        kinds(&list(&fixture.shop, &as_(EVE), &last).await.unwrap()),
        [NotificationKind::Cancelled]
    );
    let guest = list(&fixture.shop, &context(Viewer::Guest), &PageRequest::first(1)).await;
    assert_eq!(codes(guest), [ErrorCode::Unauthenticated]);
}

#[tokio::test]
async fn reading_touches_ones_own_only() {
    let fixture = told().await;
    let shop = &fixture.shop;
    assert_eq!(fixture.bus.take(), [ADA, EVE, ADA, ADA].map(Topic::Notifications));
    let of_eve = list(shop, &as_(EVE), &PageRequest::first(1)).await.unwrap().rows[0]
        .1
        .id;
    let of_ada = list(shop, &as_(ADA), &PageRequest::first(1)).await.unwrap().rows[0]
        .1
        .id;
    let unknown = NotificationId(Uuid::from_u128(99));

    assert_eq!(mark_read(shop, &as_(ADA), &[of_eve, unknown]).await.unwrap(), 0);
    assert_eq!(fixture.bus.take(), [], "nothing changed, nothing is announced");
    assert_eq!(mark_read(shop, &as_(ADA), &[of_ada, of_eve, of_ada]).await.unwrap(), 1);
    assert_eq!(
        mark_read(shop, &as_(ADA), &[of_ada]).await.unwrap(),
        0,
        "it was read already"
    );
    assert_eq!(fixture.bus.take(), [Topic::Notifications(ADA)]);
    assert_eq!(unread_count(shop, &as_(ADA)).await.unwrap(), 2);

    assert_eq!(mark_all_read(shop, &as_(ADA)).await.unwrap(), 2);
    assert_eq!(unread_count(shop, &as_(ADA)).await.unwrap(), 0);
    assert_eq!(unread_count(shop, &as_(EVE)).await.unwrap(), 1);

    let too_many = vec![unknown; PAGE_MAX as usize + 1];
    assert_eq!(codes(mark_read(shop, &as_(ADA), &too_many).await), [ErrorCode::Invalid]);
    assert_eq!(
        codes(mark_all_read(shop, &context(Viewer::Guest)).await),
        [ErrorCode::Unauthenticated]
    );
}

#[test]
fn every_title_names_its_order() {
    use sea_orm::Iterable;
    for kind in NotificationKind::iter() {
        let title = title(kind, "V-1").to_string();
        assert!(title.contains("order V-1") && title.ends_with('.'), "{title}");
    }
}
