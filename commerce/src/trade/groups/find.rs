//! Reads groups of customers.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    customer_group::{self, Column},
    customer_group_member,
    ids::{CustomerGroupId, CustomerId},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, Window, write_cursor},
    sql,
    staff::{Permission, permission},
    text,
};

/// Restricts a list of groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerGroupFilter {
    /// A part of the name or the code.
    pub query: Option<String>,
    /// Those that were deleted, and no others.
    pub deleted: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Position {
    name: String,
    id: CustomerGroupId,
}

/// The groups that a customer is in: what their prices and discounts go by. One statement; none for those who have no
/// account. Unscoped.
pub async fn groups_of(db: &impl ConnectionTrait, customer: Option<CustomerId>) -> Result<Vec<CustomerGroupId>> {
    let Some(customer) = customer else {
        return Ok(Vec::new());
    };
    let sql = "select m.group_id from customer_group_member m join customer_group g on g.id = m.group_id \
               where m.customer_id = $1 and g.deleted_at is null order by m.group_id";
    Ok(sql::column(db, sql, [customer.into()]).await?)
}

/// A group, deleted or not, for whoever may see it.
pub async fn by_id(shop: &Shop, context: &Context, id: CustomerGroupId) -> Result<Option<customer_group::Model>> {
    match permission::allowed(context, Permission::Customers) {
        true => Ok(customer_group::Entity::find_by_id(id).one(&shop.db).await?),
        false => Ok(None),
    }
}

/// A page of the groups, by their names.
///
/// # Errors
/// Refuses whoever may not see customers, a page out of bounds, and a query that is too long.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &CustomerGroupFilter,
    page: &PageRequest,
) -> Result<Page<customer_group::Model>> {
    permission::require_or_system(context, Permission::Customers)?;
    let window: Window<Position> = page.window()?;
    let query = text::optional_line(&["query"], filter.query.as_deref(), 100)?;
    let words = query.map(|query| {
        Condition::any()
            .add(sql::contains(Column::Name, &query))
            .add(sql::contains(Column::Code, &query))
    });
    let there = match filter.deleted {
        true => Column::DeletedAt.is_not_null(),
        false => Column::DeletedAt.is_null(),
    };
    let condition = Condition::all()
        .add(there)
        .add_option(words)
        .add_option(window.cursor.as_ref().map(|last| beyond(last, window.backward)));
    let select = customer_group::Entity::find().filter(condition);
    let select = match window.backward {
        false => select.order_by_asc(Column::Name).order_by_asc(Column::Id),
        true => select.order_by_desc(Column::Name).order_by_desc(Column::Id),
    };
    let rows = select.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| {
        write_cursor(&Position {
            name: row.name.clone(),
            id: row.id,
        })
    }))
}

fn beyond(last: &Position, backward: bool) -> Condition {
    let name = last.name.as_str();
    let (further, next) = match backward {
        false => (Column::Name.gt(name), Column::Id.gt(last.id)),
        true => (Column::Name.lt(name), Column::Id.lt(last.id)),
    };
    let same = Condition::all().add(Column::Name.eq(name)).add(next);
    Condition::any().add(further).add(same)
}

/// The groups of each customer that are there, by their names; callers ask for a page's worth. Unscoped: the caller must
/// have asked who may see it.
pub async fn groups_of_customers(
    shop: &Shop,
    ids: &[CustomerId],
) -> Result<HashMap<CustomerId, Vec<customer_group::Model>>> {
    let members = customer_group_member::Entity::find()
        .filter(customer_group_member::Column::CustomerId.is_in(ids.iter().copied()))
        .all(&shop.db)
        .await?;
    let groups = customer_group::Entity::find()
        .filter(Column::Id.is_in(members.iter().map(|member| member.group_id)))
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(&shop.db)
        .await?;
    let mut of: HashMap<CustomerId, Vec<customer_group::Model>> = HashMap::new();
    for group in groups {
        let within = members.iter().filter(|member| member.group_id == group.id);
        within.for_each(|member| of.entry(member.customer_id).or_default().push(group.clone()));
    }
    Ok(of)
}

#[derive(FromQueryResult)]
struct Counted {
    group_id: CustomerGroupId,
    members: i64,
}

/// How many customers each group has. Unscoped, as [`groups_of_customers`].
pub async fn member_counts(shop: &Shop, ids: &[CustomerGroupId]) -> Result<HashMap<CustomerGroupId, i64>> {
    let among = sql::among_parameter::<CustomerGroupId>(&shop.db, 1);
    let sql = format!(
        "select group_id, count(*) as members from customer_group_member where group_id {among} group by group_id"
    );
    let ids = sql::list(&shop.db, ids.iter().copied());
    let rows = sql::all::<Counted>(&shop.db, &sql, [ids]).await?;
    Ok(rows.into_iter().map(|row| (row.group_id, row.members)).collect())
}
