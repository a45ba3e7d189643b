use sea_orm::{ConnectionTrait, EntityTrait};
use vitrine_entity::outbox;

use super::*;
use crate::{
    memory::{Fixture, fixture},
    sql,
};

const ORDER: &str = "insert into orders (id, number, email, locale, status, currency, subtotal_minor, discount_minor, \
    shipping_minor, tax_minor, total_minor, prices_include_tax, shipping_address, billing_address, \
    shipping_method_name, access_token_hash, event_count, placed_at, updated_at) values ($1, $2, \
    'ada@example.com', 'en', $4, 'EUR', 0, 0, 0, 0, 0, true, '{}', '{}', 'Standard', '', 0, $3, $3)";
const LINE: &str = "insert into order_line (id, order_id, position, product_id, variant_id, sku, title, \
    variant_title, quantity, unit_price_minor, subtotal_minor, tax_basis_points, tax_minor, total_minor) \
    values ($1, $2, 0, $3, $1, 'MUG', 'Mug', '', $4, 0, 0, 0, 0, 0)";
const PRODUCT: &str = "insert into product (id, slug, title, description_html, status, tags, version, created_at, \
    updated_at) values ($1, $2, 'Mug', '', 'ACTIVE', '[]', 1, $3, $3)";

fn product(number: u128) -> ProductId {
    ProductId(uuid::Uuid::from_u128(number))
}

/// An order of so many units of each product.
async fn order(fixture: &Fixture, number: u128, status: &str, lines: &[(u128, i32)]) -> OrderId {
    let (db, id) = (&fixture.shop.db, OrderId(uuid::Uuid::from_u128(1000 + number)));
    let values = [
        id.into(),
        format!("V-{number}").into(),
        fixture.shop.now().into(),
        status.into(),
    ];
    sql::execute(db, ORDER, values).await.unwrap();
    for (place, (of, quantity)) in lines.iter().enumerate() {
        let line = uuid::Uuid::from_u128(10_000 + number * 100 + place as u128);
        let values = [line.into(), id.into(), product(*of).into(), (*quantity).into()];
        sql::execute(db, LINE, values).await.unwrap();
    }
    id
}

async fn counted(fixture: &Fixture) -> Vec<i64> {
    super::count(&fixture.shop).await.unwrap();
    let sql = "select units from product_sold order by product_id";
    sql::column(&fixture.shop.db, sql, []).await.unwrap()
}

#[tokio::test]
async fn what_was_counted_wrong_is_mended_and_what_is_right_is_left_alone() {
    let fixture = fixture().await;
    let (shop, context) = (&fixture.shop, Context::system(&fixture.shop, "test"));
    for number in 1..=3u128 {
        let values = [
            product(number).into(),
            format!("mug-{number}").into(),
            shop.now().into(),
        ];
        shop.execute(PRODUCT, values).await.unwrap();
    }
    let sold = order(&fixture, 1, "CONFIRMED", &[(1, 2), (2, 1), (1, 3)]).await;
    let cancelled = order(&fixture, 2, "CANCELLED", &[(1, 7)]).await;
    let note = |order, change| {
        shop.transact(&context, move |tx| async move {
            note(&tx, order, change);
            Ok(())
        })
    };
    note(sold, Change::Sold).await.unwrap();
    note(cancelled, Change::Sold).await.unwrap();
    assert_eq!(counted(&fixture).await, [12, 1]);
    note(cancelled, Change::Returned).await.unwrap();
    assert_eq!(counted(&fixture).await, [5, 1]);

    let jobs = outbox::Entity::delete_many().exec(&shop.db).await.unwrap();
    assert_eq!(
        jobs.rows_affected, 2,
        "one for what was sold, one for what was given back"
    );
    let noted = order(&fixture, 4, "CONFIRMED", &[(2, 2)]).await;
    note(noted, Change::Sold).await.unwrap();
    recount(shop, &context).await.unwrap();
    assert_eq!(outbox::Entity::find().all(&shop.db).await.unwrap(), [], "all was right");

    // A server of the version before does not count.
    order(&fixture, 3, "COMPLETED", &[(3, 4)]).await;
    let wrong = "update product_sold set units = 90 where units = 1";
    shop.db.execute_unprepared(wrong).await.unwrap();
    recount(shop, &context).await.unwrap();
    let jobs = outbox::Entity::find().all(&shop.db).await.unwrap();
    let indexed = Job::IndexProducts {
        products: vec![product(2), product(3)],
    };
    assert_eq!(jobs.len(), 1);
    assert_eq!(serde_json::from_value::<Job>(jobs[0].job.clone()).unwrap(), indexed);
    assert_eq!(counted(&fixture).await, [5, 3, 4]);
}
