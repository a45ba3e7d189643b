//! Reads what is kept of a person, page by page.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use vitrine_entity::{
    cart, cart_line, credit_account, credit_entry, customer, customer_address, customer_consent, customer_email_change,
    customer_identity, customer_notice, customer_sign_up, document, ids::OrderId, metafield, notification, order,
    order_event, order_line, order_note, order_return, order_version, purchase_request, session, shipment, stock_alert,
};

use super::{super::person::Person, file};
use crate::{
    Result, Shop, discounts, documents,
    fulfilment::{edits, parcels},
    returns, sql, withdrawals,
};

/// How many orders are read at once.
const PAGE: i64 = 100;

/// How many things of a kind a file tells at most; it says where there are more.
const THINGS_MAX: u64 = 10_000;

/// A group that somebody is in, or a company that they buy for.
#[derive(FromQueryResult)]
struct Group {
    name: String,
    added_at: DateTime<Utc>,
}

/// What an order was given.
#[derive(FromQueryResult)]
struct Given {
    title: String,
    code: Option<String>,
    amount_minor: i64,
}

/// All that is kept of a person.
pub(super) async fn gather(shop: &Shop, person: &Person) -> Result<Value> {
    Ok(json!({
        "shop": shop.profile().name,
        "writtenAt": shop.now(),
        "email": person.email,
        "account": account(shop, person).await?,
        "sessions": sessions(shop, person).await?,
        "carts": carts(shop, person).await?,
        "orders": orders(shop, person).await?,
        "notifications": notifications(shop, person).await?,
        "stockAlerts": stock_alerts(shop, person).await?,
        "storeCredit": store_credit(shop, person).await?,
        "giftCards": gift_cards(shop, person).await?,
        "discountUses": discount_uses(shop, person).await?,
        "pending": pending(shop, person).await?,
        "atMost": THINGS_MAX,
    }))
}

async fn account(shop: &Shop, person: &Person) -> Result<Value> {
    let row = customer::Entity::find_by_id(person.key()).one(&shop.db).await?;
    let Some(row) = row else { return Ok(Value::Null) };
    Ok(json!({
        "id": row.id, "email": row.email, "name": row.name, "language": row.language, "createdAt": row.created_at,
        "lastSeenAt": row.last_seen_at, "inactivityToldAt": row.inactivity_told_at,
        "taxExempt": row.tax_exempt, "taxExemptReason": row.tax_exempt_reason,
        "metafields": metafields(shop, &row.id.to_string()).await?,
        "addresses": addresses(shop, person).await?,
        "marketing": consents(shop, person).await?,
        "groups": groups(shop, person).await?,
        "companies": companies(shop, person).await?,
        "purchaseRequests": purchase_requests(shop, person).await?,
        "hasPassword": row.has_password,
        "identities": identities(shop, person).await?,
    }))
}

async fn store_credit(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let accounts = credit_account::Entity::find()
        .filter(credit_account::Column::CustomerId.eq(person.key()))
        .all(&shop.db)
        .await?;
    let mut told = Vec::new();
    for account in accounts {
        let entries = credit_entry::Entity::find()
            .filter(credit_entry::Column::AccountId.eq(account.id))
            .order_by_asc(credit_entry::Column::Number)
            .limit(THINGS_MAX)
            .all(&shop.db)
            .await?;
        told.push(file::store_credit(&account, &entries));
    }
    Ok(told)
}

/// How often they have used discounts that each customer may use so often.
async fn discount_uses(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let used = discounts::used_by(shop, person.key(), &person.email).await?.into_iter();
    Ok(used
        .map(|(title, used)| json!({ "title": title, "used": used }))
        .collect())
}

/// Those that were sent to their address.
async fn gift_cards(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = credit_account::Entity::find()
        .filter(credit_account::Column::RecipientEmail.eq(&person.email))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(file::gift_card).collect())
}

async fn addresses(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = customer_address::Entity::find()
        .filter(customer_address::Column::CustomerId.eq(person.key()))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let shown = |row: customer_address::Model| {
        let mut shown = json!(row.address);
        shown["deletedAt"] = json!(row.deleted_at);
        shown
    };
    Ok(rows.into_iter().map(shown).collect())
}

async fn identities(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = customer_identity::Entity::find()
        .filter(customer_identity::Column::CustomerId.eq(person.key()))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(file::identity).collect())
}

async fn consents(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = customer_consent::Entity::find()
        .filter(customer_consent::Column::CustomerId.eq(person.key()))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(file::consent).collect())
}

async fn groups(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let sql = "select g.name, m.added_at from customer_group_member m join customer_group g on g.id = m.group_id \
               where m.customer_id = $1 order by g.name limit 10000";
    let rows = sql::all::<Group>(&shop.db, sql, [person.key().into()]).await?;
    let shown = |row: Group| json!({ "name": row.name, "addedAt": row.added_at });
    Ok(rows.into_iter().map(shown).collect())
}

async fn companies(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let sql = "select c.name, b.added_at from company_buyer b join company c on c.id = b.company_id \
               where b.customer_id = $1 order by c.name limit 10000";
    let rows = sql::all::<Group>(&shop.db, sql, [person.key().into()]).await?;
    let shown = |row: Group| json!({ "name": row.name, "addedAt": row.added_at });
    Ok(rows.into_iter().map(shown).collect())
}

async fn purchase_requests(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = purchase_request::Entity::find()
        .filter(purchase_request::Column::CustomerId.eq(person.key()))
        .order_by_asc(purchase_request::Column::Id)
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let shown = |row: purchase_request::Model| {
        json!({ "createdAt": row.created_at, "note": row.note, "answer": row.answer,
            "purchaseOrderNumber": row.purchase_order_number, "order": row.order_id })
    };
    Ok(rows.into_iter().map(shown).collect())
}

async fn metafields(shop: &Shop, owner: &str) -> Result<Vec<Value>> {
    let rows = metafield::Entity::find()
        .filter(metafield::Column::Owner.eq(owner))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let shown = |row: metafield::Model| json!({ "namespace": row.namespace, "key": row.key, "value": row.value });
    Ok(rows.into_iter().map(shown).collect())
}

async fn sessions(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = session::Entity::find()
        .filter(session::Column::CustomerId.eq(person.key()))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(file::session).collect())
}

async fn carts(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let of_guest = Condition::all()
        .add(cart::Column::CustomerId.is_null())
        .add(cart::Column::Email.eq(&person.email));
    let theirs = Condition::any()
        .add(cart::Column::CustomerId.eq(person.key()))
        .add(of_guest);
    let rows = cart::Entity::find()
        .filter(theirs)
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let mut carts = Vec::with_capacity(rows.len());
    for row in rows {
        let lines = cart_line::Entity::find()
            .filter(cart_line::Column::CartId.eq(row.id))
            .all(&shop.db)
            .await?;
        carts.push(file::cart(&row, &lines));
    }
    Ok(carts)
}

const OF_NOBODY_ERASED: &str = "not exists (select 1 from order_erasure where order_id = orders.id)";

async fn orders(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let mut orders = Vec::new();
    let mut after = OrderId(uuid::Uuid::nil());
    while (orders.len() as u64) < THINGS_MAX {
        // Those that lost their person already may be of whoever had the address before.
        let page = person.orders(shop, OF_NOBODY_ERASED, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for theirs in &page {
            orders.extend(order(shop, theirs.id).await?);
        }
    }
    Ok(orders)
}

async fn order(shop: &Shop, id: OrderId) -> Result<Option<Value>> {
    let Some(row) = order::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let lines = order_line::Entity::find()
        .filter(order_line::Column::OrderId.eq(id))
        .order_by_asc(order_line::Column::Position)
        .all(&shop.db)
        .await?;
    let events = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(id))
        .order_by_asc(order_event::Column::Number)
        .all(&shop.db)
        .await?;
    let notes = order_note::Entity::find()
        .filter(order_note::Column::OrderId.eq(id))
        .all(&shop.db)
        .await?;
    let shipments = shipment::Entity::find()
        .filter(shipment::Column::OrderId.eq(id))
        .all(&shop.db)
        .await?;
    let mut shown = file::order(&row, &lines, &events);
    shown["notes"] = notes.into_iter().map(|note| Value::from(note.text)).collect();
    let ids: Vec<_> = shipments.iter().map(|row| row.id).collect();
    let (trackings, told) = (
        parcels::load::trackings_of(shop, &ids).await?,
        parcels::load::events_of(shop, &ids).await?,
    );
    let parcel = |row: shipment::Model| {
        let id = row.id;
        let (trackings, told) = (trackings.get(&id), told.get(&id));
        file::shipment(
            row,
            trackings.map_or(&[], Vec::as_slice),
            told.map_or(&[], Vec::as_slice),
        )
    };
    shown["shipments"] = shipments.into_iter().map(parcel).collect();
    shown["metafields"] = metafields(shop, &id.to_string()).await?.into();
    shown["discounts"] = given(shop, id).await?.into();
    shown["documents"] = issued(shop, id).await?.into();
    shown["returns"] = returned(shop, id).await?.into();
    shown["claims"] = claims(shop, id).await?.into();
    shown["withdrawals"] = withdrawn(shop, id).await?.into();
    shown["versions"] = versions(shop, id).await?.into();
    Ok(Some(shown))
}

/// Its invoices and the like, with what they say.
async fn issued(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let rows = documents::of_orders(shop, &[order])
        .await?
        .remove(&order)
        .unwrap_or_default();
    let shown = |row: document::Model| {
        let says = row
            .content
            .and_then(|content| serde_json::from_str::<Value>(&content).ok());
        json!({ "number": row.number, "issuedOn": row.issued_on, "says": says })
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// What of an order was sent back, or was to be.
async fn returned(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = returns::of_orders(shop, &[order]).await?;
    let rows = rows.remove(&order).unwrap_or_default();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let lines = returns::lines_of(shop, &ids).await?;
    let pictures = returns::pictures_of(shop, &ids).await?;
    let shown = |row: &order_return::Model| {
        let mut shown = file::order_return(row, lines.get(&row.id).map_or(&[][..], Vec::as_slice));
        shown["pictures"] = pictures.get(&row.id).map_or(0, Vec::len).into();
        shown
    };
    Ok(rows.iter().map(shown).collect())
}

/// What was wrong with an order, and what the shop did about it.
async fn claims(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = returns::claims_of(shop, &[order]).await?;
    let rows = rows.remove(&order).unwrap_or_default();
    Ok(rows.into_iter().map(file::claim).collect())
}

/// How it was before it was changed, and since.
async fn versions(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = edits::versions_of(shop, &[order]).await?;
    let shown = |row: order_version::Model| {
        json!({
            "number": row.number, "createdAt": row.created_at, "reason": row.reason, "says": row.content,
            "totalMinor": row.total_minor, "shippingAddress": row.shipping_address,
        })
    };
    Ok(rows.remove(&order).unwrap_or_default().into_iter().map(shown).collect())
}

/// By which statements somebody withdrew from an order.
async fn withdrawn(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let mut rows = withdrawals::of_orders(shop, &[order]).await?;
    let rows = rows.remove(&order).unwrap_or_default();
    Ok(rows.into_iter().map(file::withdrawal).collect())
}

/// What an order was given, and by which codes.
async fn given(shop: &Shop, order: OrderId) -> Result<Vec<Value>> {
    let sql = "select d.title, c.code, r.amount_minor from discount_redemption r join discount d on d.id = r.discount_id \
        left join discount_code c on c.id = r.discount_code_id where r.order_id = $1 order by r.id";
    let rows = sql::all::<Given>(&shop.db, sql, [order.into()]).await?;
    let shown = |row: Given| json!({ "title": row.title, "code": row.code, "amountMinor": row.amount_minor });
    Ok(rows.into_iter().map(shown).collect())
}

async fn notifications(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = notification::Entity::find()
        .filter(notification::Column::CustomerId.eq(person.key()))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(file::notification).collect())
}

async fn stock_alerts(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let theirs = Condition::any()
        .add(stock_alert::Column::CustomerId.eq(person.key()))
        .add(stock_alert::Column::Email.eq(&person.email));
    let rows = stock_alert::Entity::find()
        .filter(theirs)
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(file::stock_alert).collect())
}

/// What waits to be confirmed, and what mails about the account have told of late.
async fn pending(shop: &Shop, person: &Person) -> Result<Value> {
    let sign_ups = customer_sign_up::Entity::find()
        .filter(customer_sign_up::Column::Email.eq(&person.email))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let changes = customer_email_change::Entity::find()
        .filter(customer_email_change::Column::CustomerId.eq(person.key()))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let notices = customer_notice::Entity::find()
        .filter(customer_notice::Column::Email.eq(&person.email))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    let sign_up = |row: customer_sign_up::Model| json!({ "name": row.name, "createdAt": row.created_at });
    let change = |row: customer_email_change::Model| json!({ "email": row.email, "createdAt": row.created_at });
    let notice = |row: customer_notice::Model| json!({ "kind": file::stored(&row.kind), "createdAt": row.created_at });
    Ok(json!({
        "signUps": sign_ups.into_iter().map(sign_up).collect::<Vec<_>>(),
        "emailChanges": changes.into_iter().map(change).collect::<Vec<_>>(),
        "accountMails": notices.into_iter().map(notice).collect::<Vec<_>>(),
    }))
}
