//! Reads discounts, for staff.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    discount::{self, DiscountMethod},
    discount_code,
    ids::DiscountId,
};

use super::codes::normal;
use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{Permission, permission},
    text,
};

/// Where a discount stands: whether staff have switched it on, and what the clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountStatus {
    Draft,
    Scheduled,
    Active,
    Expired,
}

/// Where a discount stands at `now`.
pub fn status(row: &discount::Model, now: DateTime<Utc>) -> DiscountStatus {
    if !row.active {
        DiscountStatus::Draft
    } else if row.ends_at.is_some_and(|ends_at| ends_at <= now) {
        DiscountStatus::Expired
    } else if row.starts_at.is_some_and(|starts_at| starts_at > now) {
        DiscountStatus::Scheduled
    } else {
        DiscountStatus::Active
    }
}

/// Restricts a list of discounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiscountFilter {
    /// What stands anywhere in the title, or is one of its codes.
    pub text: Option<String>,
    pub status: Option<DiscountStatus>,
    pub method: Option<DiscountMethod>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Position {
    discount: DiscountId,
}

/// A discount, deleted or not, for whoever may see it.
pub async fn by_id(shop: &Shop, context: &Context, id: DiscountId) -> Result<Option<discount::Model>> {
    if !permission::allowed(context, Permission::Catalog) {
        return Ok(None);
    }
    Ok(discount::Entity::find_by_id(id).one(&shop.db).await?)
}

/// A page of the discounts, the newest first.
///
/// # Errors
/// Refuses those who may not change the catalogue, a page out of bounds, and a text that is too long.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &DiscountFilter,
    page: &PageRequest,
) -> Result<Page<discount::Model>> {
    permission::require_or_system(context, Permission::Catalog)?;
    let window: Window<Position> = page.window()?;
    let mut select = discount::Entity::find().filter(condition(filter, shop.now())?);
    if let Some(place) = window.cursor {
        select = select.filter(match window.backward {
            false => discount::Column::Id.lt(place.discount),
            true => discount::Column::Id.gt(place.discount),
        });
    }
    let order = if window.backward { Order::Asc } else { Order::Desc };
    let select = select.order_by(discount::Column::Id, order).limit(window.limit + 1);
    let rows = select.all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&Position { discount: row.id })))
}

fn condition(filter: &DiscountFilter, now: DateTime<Utc>) -> Result<Condition> {
    use discount::Column::{Active, DeletedAt, EndsAt, Id, Method, StartsAt, Title};
    let mut all = Condition::all().add(match filter.deleted {
        true => DeletedAt.is_not_null(),
        false => DeletedAt.is_null(),
    });
    if let Some(text) = text::optional_line(&["query"], filter.text.as_deref(), 200)? {
        let by_code = discount_code::Entity::find()
            .select_only()
            .column(discount_code::Column::DiscountId)
            .filter(discount_code::Column::Code.eq(normal(&text)))
            .into_query();
        all = all.add(
            Condition::any()
                .add(sql::contains(Title, &text))
                .add(Id.in_subquery(by_code)),
        );
    }
    if let Some(method) = filter.method {
        all = all.add(Method.eq(method));
    }
    let begun = || Condition::any().add(StartsAt.is_null()).add(StartsAt.lte(now));
    let not_over = || Condition::any().add(EndsAt.is_null()).add(EndsAt.gt(now));
    Ok(match filter.status {
        None => all,
        Some(DiscountStatus::Draft) => all.add(Active.eq(false)),
        Some(DiscountStatus::Expired) => all.add(Active.eq(true)).add(EndsAt.lte(now)),
        Some(DiscountStatus::Scheduled) => all.add(Active.eq(true)).add(StartsAt.gt(now)).add(not_over()),
        Some(DiscountStatus::Active) => all.add(Active.eq(true)).add(begun()).add(not_over()),
    })
}

/// Discounts by their ids, deleted or not. Unscoped: whoever shows one asks for the permission.
pub async fn by_ids(shop: &Shop, ids: &[DiscountId]) -> Result<HashMap<DiscountId, discount::Model>> {
    let query = discount::Entity::find().filter(sql::among(&shop.db, discount::Column::Id, ids.iter().copied()));
    Ok(query
        .all(&shop.db)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect())
}

/// How many codes each has, in one statement.
pub async fn count_codes(shop: &Shop, ids: &[DiscountId]) -> Result<HashMap<DiscountId, i64>> {
    let sql = format!(
        "select discount_id, count(*) as counted from discount_code where discount_id {} group by discount_id",
        sql::among_parameter::<DiscountId>(&shop.db, 1)
    );
    counted(shop, &sql, ids).await
}

/// How many orders have each that were not cancelled, in one statement.
pub async fn uses_of(shop: &Shop, ids: &[DiscountId]) -> Result<HashMap<DiscountId, i64>> {
    let sql = format!(
        "select discount_id, count(*) as counted from discount_redemption where discount_id {} \
         and released_at is null group by discount_id",
        sql::among_parameter::<DiscountId>(&shop.db, 1)
    );
    counted(shop, &sql, ids).await
}

async fn counted(shop: &Shop, sql: &str, ids: &[DiscountId]) -> Result<HashMap<DiscountId, i64>> {
    let rows = sql::rows(&shop.db, sql, [sql::list(&shop.db, ids.iter().copied())]).await?;
    let read = |row: sea_orm::QueryResult| Ok((row.try_get("", "discount_id")?, row.try_get("", "counted")?));
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::discounts::rules::tests::row;

    #[test]
    fn where_one_stands_is_what_staff_and_the_clock_say() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(1);
        let (before, after) = (now - TimeDelta::seconds(1), now + TimeDelta::seconds(1));
        let at = |active, starts_at, ends_at| {
            status(
                &discount::Model {
                    active,
                    starts_at,
                    ends_at,
                    ..row()
                },
                now,
            )
        };
        assert_eq!(at(false, None, None), DiscountStatus::Draft);
        assert_eq!(at(true, None, None), DiscountStatus::Active);
        assert_eq!(at(true, Some(now), Some(after)), DiscountStatus::Active);
        assert_eq!(at(true, Some(after), None), DiscountStatus::Scheduled);
        assert_eq!(at(true, Some(before), Some(now)), DiscountStatus::Expired);
    }
}
