//! Customers: a row each, with what they bought.

use std::collections::HashMap;

use chrono::SecondsFormat;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Value};
use uuid::Uuid;
use vitrine_entity::{currency::Currency, customer, ids::CustomerId};

use super::{PAGE, TablePage};
use crate::{Result, Shop, money::Money, sql};

pub(super) const COLUMNS: [&str; 9] = [
    "Customer ID",
    "Name",
    "Email",
    "Total Spent",
    "Currency",
    "Total Orders",
    "Tax Exempt",
    "Tax Exempt Reason",
    "Created at",
];

/// Orders that were not cancelled, and what they came to.
#[derive(FromQueryResult)]
struct Bought {
    customer_id: CustomerId,
    orders: i64,
    total_minor: i64,
}

pub(super) async fn page(shop: &Shop, currency: Currency, after: Option<Uuid>) -> Result<TablePage> {
    let mut query = customer::Entity::find();
    if let Some(after) = after {
        query = query.filter(customer::Column::Id.gt(CustomerId(after)));
    }
    let query = query.order_by_asc(customer::Column::Id).limit(PAGE);
    let customers = query.all(&shop.db).await?;
    let bought = bought(shop, currency, &customers).await?;
    let rows = customers.iter().map(|customer| {
        let (orders, spent) = bought
            .get(&customer.id)
            .map_or((0, 0), |bought| (bought.orders, bought.total_minor));
        vec![
            customer.id.to_string(),
            customer.name.clone(),
            customer.email.clone(),
            Money::new(spent, currency).decimal(),
            currency.to_string(),
            orders.to_string(),
            if customer.tax_exempt { "yes" } else { "no" }.to_owned(),
            customer.tax_exempt_reason.clone().unwrap_or_default(),
            customer.created_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        ]
    });
    Ok(TablePage {
        rows: rows.collect(),
        things: customers.len() as u64,
        last: customers.last().map(|customer| customer.id.0),
    })
}

async fn bought(shop: &Shop, currency: Currency, customers: &[customer::Model]) -> Result<HashMap<CustomerId, Bought>> {
    if customers.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<String> = (2..customers.len() + 2).map(|place| format!("${place}")).collect();
    // PostgreSQL sums bigints to a numeric.
    let sql = format!(
        "select customer_id, cast(count(*) as bigint) as orders, cast(sum(total_minor) as bigint) as total_minor \
         from orders where status <> 'CANCELLED' and currency = $1 and customer_id in ({}) group by customer_id",
        places.join(", ")
    );
    let mut values: Vec<Value> = vec![currency.into()];
    values.extend(customers.iter().map(|customer| Value::from(customer.id)));
    let rows: Vec<Bought> = sql::all(&shop.db, &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.customer_id, row)).collect())
}
