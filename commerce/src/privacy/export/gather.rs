//! Reads what is kept of a person, page by page.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use vitrine_entity::{
    cart, cart_line, credit_account, credit_entry, customer, customer_address, customer_consent, customer_email_change,
    customer_identity, customer_notice, customer_sign_up, draft_order, notification, purchase_request,
    saved_payment_method, session, stock_alert,
};

use super::{
    super::person::Person,
    events,
    file::{self, THINGS_MAX},
    metafields::metafields,
    orders::orders,
};
use crate::{Result, Shop, discounts, imported, sql};

/// A group that somebody is in, or a company that they buy for.
#[derive(FromQueryResult)]
struct Group {
    name: String,
    added_at: DateTime<Utc>,
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
        "importedOrders": imported_orders(shop, person).await?,
        "notifications": notifications(shop, person).await?,
        "stockAlerts": stock_alerts(shop, person).await?,
        "storeCredit": store_credit(shop, person).await?,
        "giftCards": gift_cards(shop, person).await?,
        "discountUses": discount_uses(shop, person).await?,
        "pending": pending(shop, person).await?,
        "toldOthers": events::told_others(shop, person, THINGS_MAX).await?,
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
        "savedPaymentMethods": saved_payment_methods(shop, person).await?,
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

/// What they ordered from another shop system, whose orders were taken over.
async fn imported_orders(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = imported::of_person(shop, person.key(), &person.email, THINGS_MAX).await?;
    Ok(rows.iter().map(file::imported_order).collect())
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

async fn saved_payment_methods(shop: &Shop, person: &Person) -> Result<Vec<Value>> {
    let rows = saved_payment_method::Entity::find()
        .filter(saved_payment_method::Column::CustomerId.eq(person.key()))
        .limit(THINGS_MAX)
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(file::saved_payment_method).collect())
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
        let draft = draft_order::Entity::find().filter(draft_order::Column::CartId.eq(row.id));
        let draft = match row.draft {
            Some(_) => draft.one(&shop.db).await?,
            None => None,
        };
        carts.push(file::cart(&row, &lines, draft.as_ref()));
    }
    Ok(carts)
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
