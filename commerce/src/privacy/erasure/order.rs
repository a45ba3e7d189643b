//! An order loses its person: what was sold, for how much and with which tax stays, and the country that tells why.

use chrono::Months;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use vitrine_entity::{
    address::Address,
    attribute::Attributes,
    ids::{OrderId, PersonErasureId},
    order,
};

use crate::{
    Context, Result, Shop, Tx,
    fulfilment::parcels,
    orders::{NOBODY, access, desk::make_findable, load},
    sql,
};

/// Of an order whose erasure was asked for.
const ASKED_FOR: &str = "exists (select 1 from order_erasure e where e.order_id = orders.id)";

/// Of an order that a guest placed and that needs them no more. What whoever has an account by now ordered before goes
/// with the account. The first two conditions are those of the index `orders_of_guests`.
const OF_A_GUEST: &str = "customer_id is null and email <> 'erased@erased.invalid' \
    and status in ('COMPLETED', 'CANCELLED') \
    and not exists (select 1 from order_erasure e where e.order_id = orders.id) \
    and not exists (select 1 from customer c where c.email = orders.email)";

/// How many orders one step takes.
const AT_ONCE: u64 = 25;

/// What belongs to an order and says something of the person.
const PARTS: [&str; 24] = [
    "update credit_account set recipient_name = null, sender_name = null, message = null where order_id = $1",
    // What paid it in exchange for other goods, and nobody was sent.
    "update credit_account set recipient_email = null where order_id is null and recipient_email = \
     (select email from orders where id = $1) and id in (select account_id from order_credit where order_id = $1)",
    "delete from order_note where order_id = $1",
    "delete from order_download where order_id = $1",
    "delete from draft_order where order_id = $1",
    "delete from cart_line where cart_id in (select id from cart where order_id = $1)",
    "delete from cart where order_id = $1",
    "update order_line set attributes = '[]' where order_id = $1",
    "update shipment set tracking_number = null, tracking_url = null where order_id = $1",
    "delete from shipment_tracking where shipment_id in (select id from shipment where order_id = $1)",
    "update shipment_event set number_key = null, message = null, place = null \
     where shipment_id in (select id from shipment where order_id = $1)",
    "update order_return set note = null, refusal = null, label_url = null where order_id = $1",
    "update order_return_line set note = null where return_id in (select id from order_return where order_id = $1)",
    "update order_claim set note = null where order_id = $1",
    // Their bytes follow.
    "update return_picture set deleted_at = created_at where return_id in (select id from order_return where order_id = $1)",
    "update order_version set shipping_address = null, reason = null where order_id = $1",
    "update withdrawal set name = '', email = '', statement = '', details = null, refusal = null where order_id = $1",
    "delete from order_mail_resend where order_id = $1",
    "delete from order_sms_consent where order_id = $1",
    // What a provider said of a number.
    "delete from order_sms where order_id = $1",
    "delete from push_subscription where order_id = $1",
    // As with an account: what a discount that goes on has counted is forgotten when that is over.
    "delete from discount_customer where (discount_id, person) in \
     (select r.discount_id, r.mail_key from discount_redemption r join discount d on d.id = r.discount_id \
     where r.order_id = $1 and d.deleted_at is not null)",
    "update discount_redemption set mail_key = null, customer_id = null where order_id = $1",
    "delete from order_erasure where order_id = $1",
];

/// Erases the person from orders whose time has come, a bounded number. Gives how many.
pub(crate) async fn erase_due(shop: &Shop) -> Result<u64> {
    let context = Context::system(shop, "erase-orders");
    let sql = "select order_id from order_erasure where due_at <= $1 order by due_at limit $2";
    let values = [shop.now().into(), (AT_ONCE as i64).into()];
    let due: Vec<OrderId> = sql::column(&shop.db, sql, values).await?;
    for order in &due {
        erase(shop, &context, *order, ASKED_FOR).await?;
    }
    Ok(due.len() as u64)
}

/// The same for orders of guests that were kept as long as the shop says, though nobody has asked.
pub(crate) async fn erase_of_guests(shop: &Shop) -> Result<u64> {
    let years = shop.settings.retention.guest_order_years;
    let placed_before = years.and_then(|years| shop.now().checked_sub_months(Months::new(years.saturating_mul(12))));
    let Some(placed_before) = placed_before else {
        return Ok(0);
    };
    let context = Context::system(shop, "erase-orders-of-guests");
    let sql = format!("select id from orders where {OF_A_GUEST} and placed_at <= $1 order by placed_at limit $2");
    let values = [placed_before.into(), (AT_ONCE as i64).into()];
    let due: Vec<OrderId> = sql::column(&shop.db, &sql, values).await?;
    for order in &due {
        erase(shop, &context, *order, OF_A_GUEST).await?;
    }
    Ok(due.len() as u64)
}

/// The same for the orders of one person. Whether that is all of them.
pub(super) async fn erase_due_of(shop: &Shop, context: &Context, erasure: PersonErasureId) -> Result<bool> {
    let sql = "select order_id from order_erasure where erasure_id = $1 and due_at <= $2 limit $3";
    let values = [erasure.into(), shop.now().into(), (AT_ONCE as i64).into()];
    let due: Vec<OrderId> = sql::column(&shop.db, sql, values).await?;
    for order in &due {
        erase(shop, context, *order, ASKED_FOR).await?;
    }
    Ok((due.len() as u64) < AT_ONCE)
}

/// Erases the person from an order of which this is so still.
async fn erase(shop: &Shop, context: &Context, id: OrderId, condition: &str) -> Result<()> {
    let is_so = &format!("select id from orders where id = $1 and {condition}");
    shop.transact(context, |tx| async move {
        let Some(before) = tx.lock::<order::Entity>(id).await? else {
            return Ok(());
        };
        if sql::column::<OrderId>(tx.db(), is_so, [id.into()]).await?.is_empty() {
            return Ok(());
        }
        let after = blank(&tx, before).await?;
        for sql in PARTS {
            sql::execute(tx.db(), sql, [id.into()]).await?;
        }
        for table in ["metafield", "metafield_deleted"] {
            let sql = format!("delete from {table} where owner = $1");
            sql::execute(tx.db(), &sql, [id.to_string().into()]).await?;
        }
        // What stands on their labels lies outside of the database: a job takes it away.
        parcels::forget_labels(&tx, id).await?;
        let lines = load::lines_on(tx.db(), id).await?;
        let goods = lines.iter().flat_map(|line| [line.sku.as_str(), line.title.as_str()]);
        make_findable(&tx, &after, goods).await
    })
    .await
}

async fn blank(tx: &Tx, before: order::Model) -> Result<order::Model> {
    let mut tax = before.tax;
    if let Some(tax) = &mut tax {
        tax.tax_id = None;
        tax.exempt_reason = None;
    }
    // The links of the mails that they have open nothing any more.
    let closed = access::hash(&tx.shop().ids.unguessable().to_string());
    let row = order::ActiveModel {
        id: Set(before.id),
        customer_id: Set(None),
        email: Set(NOBODY.to_owned()),
        shipping_address: Set(Address::nowhere(&before.shipping_address.country)),
        billing_address: Set(Address::nowhere(&before.billing_address.country)),
        note: Set(None),
        gift_message: Set(None),
        attributes: Set(Attributes::default()),
        tax: Set(tax),
        access_token_hash: Set(closed),
        ..Default::default()
    };
    Ok(row.update(tx.db()).await?)
}
