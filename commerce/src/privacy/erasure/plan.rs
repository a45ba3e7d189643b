//! What would go, and what stands in the way.

use chrono::{DateTime, Months, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};
use vitrine_entity::{cart, ids::OrderId, notification, session, stock_alert};

use super::super::person::{Person, Whose};
use crate::{Context, ErrorCode, Refusal, Result, Shop, imported, language::messages};

/// Orders that need the person still.
pub(super) const OPEN: &str = "status not in ('COMPLETED', 'CANCELLED')";

/// How many numbers of open orders are told.
const NUMBERS_MAX: i64 = 10;

/// How many orders are read at once.
const PAGE: i64 = 500;

/// What an erasure would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Whether there is an account, which goes.
    pub account: bool,
    pub sessions: u64,
    pub carts: u64,
    pub notifications: u64,
    pub stock_alerts: u64,
    /// Orders that lose the person at once.
    pub orders_now: u64,
    /// Orders that are kept as they are until the law's time is over.
    pub orders_later: u64,
    /// When the last of those loses the person.
    pub last_order_at: Option<DateTime<Utc>>,
    /// Numbers of orders that are not completed or cancelled, the first few: until they are, nothing is erased.
    pub open_orders: Vec<String>,
}

/// What an erasure would do. Changes nothing.
///
/// # Errors
/// As `Person::find`.
pub async fn plan(shop: &Shop, context: &Context, whose: &Whose) -> Result<Plan> {
    let person = Person::find(shop, context, whose).await?;
    of(shop, &person).await
}

pub(super) async fn of(shop: &Shop, person: &Person) -> Result<Plan> {
    let key = person.key();
    let by_email = |customer, email| {
        let of_guest = Condition::all().add(email);
        Condition::any().add(customer).add(of_guest)
    };
    let mut plan = Plan {
        account: person.customer.is_some(),
        sessions: session::Entity::find()
            .filter(session::Column::CustomerId.eq(key))
            .count(&shop.db)
            .await?,
        carts: cart::Entity::find()
            .filter(by_email(
                cart::Column::CustomerId.eq(key),
                cart::Column::Email.eq(&person.email),
            ))
            .count(&shop.db)
            .await?,
        notifications: notification::Entity::find()
            .filter(notification::Column::CustomerId.eq(key))
            .count(&shop.db)
            .await?,
        stock_alerts: stock_alert::Entity::find()
            .filter(by_email(
                stock_alert::Column::CustomerId.eq(key),
                stock_alert::Column::Email.eq(&person.email),
            ))
            .count(&shop.db)
            .await?,
        open_orders: open_orders(shop, person).await?,
        ..Plan::default()
    };
    let mut after = OrderId(uuid::Uuid::nil());
    loop {
        let page = person.orders(shop, "true", after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for order in &page {
            plan.add(shop, order.placed_at);
        }
    }
    for placed_at in imported::placed_by(shop, key, &person.email).await? {
        plan.add(shop, placed_at);
    }
    Ok(plan)
}

impl Plan {
    fn add(&mut self, shop: &Shop, placed_at: DateTime<Utc>) {
        let due_at = due_at(shop, placed_at);
        if due_at <= shop.now() {
            self.orders_now += 1;
        } else {
            self.orders_later += 1;
            self.last_order_at = self.last_order_at.max(Some(due_at));
        }
    }
}

/// When an order may lose its person.
pub(super) fn due_at(shop: &Shop, placed_at: DateTime<Utc>) -> DateTime<Utc> {
    let months = Months::new(shop.settings.order_retention_years.saturating_mul(12));
    placed_at.checked_add_months(months).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Numbers of the person's orders that are not at their end, the first few.
pub(super) async fn open_orders(shop: &Shop, person: &Person) -> Result<Vec<String>> {
    let nothing = OrderId(uuid::Uuid::nil());
    let open = person.orders(shop, OPEN, nothing, NUMBERS_MAX).await?;
    Ok(open.into_iter().map(|order| order.number).collect())
}

/// # Errors
/// `ORDER_STATE` where orders need the person still.
pub(super) async fn refuse_open(shop: &Shop, person: &Person) -> Result<()> {
    let open = open_orders(shop, person).await?;
    if open.is_empty() {
        return Ok(());
    }
    let message = messages::erasure_orders_open(open.join(", "));
    Err(Refusal::new(ErrorCode::OrderState, message).into())
}
