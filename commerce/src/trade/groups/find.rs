//! Reads groups of customers.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder};
use vitrine_entity::{
    customer_group::{self, Column},
    customer_group_member,
    ids::{CustomerGroupId, CustomerId},
};

use crate::{
    Context, Result, Shop,
    paging::{self, Page, PageRequest},
    sql,
    staff::{Permission, permission},
    trade::NamedFilter,
};

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
    filter: &NamedFilter,
    page: &PageRequest,
) -> Result<Page<customer_group::Model>> {
    permission::require_or_system(context, Permission::Customers)?;
    let searched = [Column::Name, Column::Code];
    let select = customer_group::Entity::find().filter(filter.condition(&searched, Column::DeletedAt)?);
    let keys = [Column::Name, Column::Id];
    paging::by_keys(&shop.db, select, keys, Order::Asc, page, |row| {
        (row.name.clone(), row.id)
    })
    .await
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
