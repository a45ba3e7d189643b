//! An imported order loses its person: what was sold and for how much stays, and the country that tells why.

use chrono::{DateTime, Months, Utc};
use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::{
    address::Address,
    ids::{CustomerId, ImportedOrderId},
    imported_order::{self, ImportedDetails},
};

use super::put::search;
use crate::{Context, Result, Shop, Tx, sql};

/// How many orders one step takes.
const AT_ONCE: i64 = 25;

/// Has a person's orders lose them once the law's time is over, and takes them out of the account at once.
pub(crate) async fn ask_erasure(tx: &Tx, customer: CustomerId, email: &str) -> Result<()> {
    let sql = "update imported_order set customer_id = null, erasure_asked_at = $3 \
               where (customer_id = $1 or (customer_id is null and email = $2)) \
               and erasure_asked_at is null and erased_at is null";
    let values = [customer.into(), email.into(), tx.shop().now().into()];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}

/// Erases the person from orders whose time has come, a bounded number: where it was asked for, and of guests whom the shop
/// keeps no longer. Gives how many.
pub(crate) async fn erase_due(shop: &Shop) -> Result<u64> {
    let by_law = years_ago(shop, shop.settings.order_retention_years);
    let of_guests = shop.settings.retention.guest_order_years;
    let of_guests = of_guests.map_or(DateTime::<Utc>::MIN_UTC, |years| years_ago(shop, years));
    // Nothing was placed before there were any shops, and PostgreSQL reads no day of the year -262143.
    let first = DateTime::<Utc>::UNIX_EPOCH;
    let (by_law, of_guests) = (by_law.max(first), of_guests.max(first));
    let sql = "select id from imported_order where erased_at is null \
               and ((erasure_asked_at is not null and placed_at <= $1) or (erasure_asked_at is null and placed_at <= $2 \
               and customer_id is null and not exists (select 1 from customer c where c.email = imported_order.email))) \
               order by placed_at limit $3";
    let values = [by_law.into(), of_guests.into(), AT_ONCE.into()];
    let due: Vec<ImportedOrderId> = sql::column(&shop.db, sql, values).await?;
    let context = Context::system(shop, "erase-imported-orders");
    for order in &due {
        shop.transact(&context, |tx| async move { erase(&tx, *order).await })
            .await?;
    }
    Ok(due.len() as u64)
}

fn years_ago(shop: &Shop, years: u32) -> DateTime<Utc> {
    let months = Months::new(years.saturating_mul(12));
    shop.now()
        .checked_sub_months(months)
        .unwrap_or(DateTime::<Utc>::MIN_UTC)
}

async fn erase(tx: &Tx, id: ImportedOrderId) -> Result<()> {
    let Some(before) = tx.lock::<imported_order::Entity>(id).await? else {
        return Ok(());
    };
    let mut after = imported_order::Model {
        email: None,
        customer_id: None,
        details: without_person(before.details.clone()),
        updated_at: tx.shop().now(),
        erased_at: Some(tx.shop().now()),
        ..before
    };
    after.search = search(&after);
    after.into_active_model().reset_all().update(tx.db()).await?;
    Ok(())
}

fn without_person(details: ImportedDetails) -> ImportedDetails {
    let nowhere = |address: Option<Address>| address.map(|address| Address::nowhere(&address.country));
    ImportedDetails {
        shipping_address: nowhere(details.shipping_address),
        billing_address: nowhere(details.billing_address),
        note: None,
        staff_note: None,
        ..details
    }
}
