//! Attempts as staff look for them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{OrderId, PaymentId},
    payment::{self, PaymentStatus},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::permission::{self, Permission},
};

/// Which attempts staff want to see. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    pub status: Option<PaymentStatus>,
    pub provider: Option<String>,
    pub order: Option<OrderId>,
    /// Whose money is held and is released at this time or before, unless it is captured.
    pub capturable_before: Option<DateTime<Utc>>,
}

/// Where a row stands in the list.
type Position = (DateTime<Utc>, PaymentId);

/// Attempts, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not see payments.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &PaymentFilter,
    page: &PageRequest,
) -> Result<Page<payment::Model>> {
    permission::require(context, Permission::Payments)?;
    let window = page.window::<Position>()?;
    let (created_at, id) = (payment::Column::CreatedAt, payment::Column::Id);
    let beyond = window.cursor.map(|(at, last)| match window.backward {
        // The first part lets an index begin at the right place.
        false => {
            let earlier = Condition::any().add(created_at.lt(at)).add(id.lt(last));
            Condition::all().add(created_at.lte(at)).add(earlier)
        }
        true => {
            let later = Condition::any().add(created_at.gt(at)).add(id.gt(last));
            Condition::all().add(created_at.gte(at)).add(later)
        }
    });
    let query = payment::Entity::find().filter(condition(filter).add_option(beyond));
    let query = if window.backward {
        query.order_by_asc(created_at).order_by_asc(id)
    } else {
        query.order_by_desc(created_at).order_by_desc(id)
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&(row.created_at, row.id))))
}

fn condition(filter: &PaymentFilter) -> Condition {
    let held_until = |until: DateTime<Utc>| {
        Condition::all()
            .add(payment::Column::Status.eq(PaymentStatus::Authorized))
            .add(payment::Column::CaptureBefore.lte(until))
    };
    Condition::all()
        .add_option(filter.status.map(|status| payment::Column::Status.eq(status)))
        .add_option(
            filter
                .provider
                .as_deref()
                .map(|name| payment::Column::Provider.eq(name)),
        )
        .add_option(filter.order.map(|order| payment::Column::OrderId.eq(order)))
        .add_option(filter.capturable_before.map(held_until))
}

/// Attempts by their ids. Whoever shows one has asked whose it is.
pub async fn by_id(shop: &Shop, ids: &[PaymentId]) -> Result<HashMap<PaymentId, payment::Model>> {
    let rows = payment::Entity::find()
        .filter(sql::among(&shop.db, payment::Column::Id, ids.iter().copied()))
        .all(&shop.db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}
