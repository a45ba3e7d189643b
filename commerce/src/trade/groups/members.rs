//! Who is in a group.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    customer, customer_group,
    customer_group_member::{self, Column},
    ids::{CustomerGroupId, CustomerId},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    sql,
    staff::{Permission, audit, permission::require_or_system, removal},
};

/// The most customers of one change.
pub const CUSTOMERS_MAX: usize = 100;

/// Puts customers into a group. Those who are in it stay.
///
/// # Errors
/// Refuses whoever may not, more than a hundred customers, and those that there are not.
pub async fn add(
    shop: &Shop,
    context: &Context,
    id: CustomerGroupId,
    customers: &[CustomerId],
) -> Result<customer_group::Model> {
    require_or_system(context, Permission::Customers)?;
    let customers = &bounded(customers)?;
    shop.transact(context, |tx| async move {
        let group = removal::live::<customer_group::Entity>(&tx, id).await?;
        require_all(&tx, customers).await?;
        let among = sql::among_parameter::<CustomerId>(tx.db(), 3);
        let insert = format!(
            "insert into customer_group_member (group_id, customer_id, added_at) \
             select $1, id, $2 from customer where id {among} on conflict do nothing"
        );
        let named = sql::list(tx.db(), customers.iter().copied());
        let added = sql::execute(tx.db(), &insert, [id.into(), tx.shop().now().into(), named]).await?;
        if added > 0 {
            let data = json!({ "customers": customers });
            audit(&tx, "customer_group.members_add", id.to_string(), data).await?;
        }
        Ok(group)
    })
    .await
}

/// Takes customers out of a group. Those who are not in it stay out.
///
/// # Errors
/// Refuses whoever may not, and more than a hundred customers.
pub async fn remove(
    shop: &Shop,
    context: &Context,
    id: CustomerGroupId,
    customers: &[CustomerId],
) -> Result<customer_group::Model> {
    require_or_system(context, Permission::Customers)?;
    let customers = &bounded(customers)?;
    shop.transact(context, |tx| async move {
        let group = removal::any::<customer_group::Entity>(&tx, id).await?;
        let removed = customer_group_member::Entity::delete_many()
            .filter(Column::GroupId.eq(id))
            .filter(Column::CustomerId.is_in(customers.iter().copied()))
            .exec(tx.db())
            .await?;
        if removed.rows_affected > 0 {
            let data = json!({ "customers": customers });
            audit(&tx, "customer_group.members_remove", id.to_string(), data).await?;
        }
        Ok(group)
    })
    .await
}

/// In one order, so that two who change the same group never wait for each other.
fn bounded(customers: &[CustomerId]) -> Result<BTreeSet<CustomerId>, Refusal> {
    match (1..=CUSTOMERS_MAX).contains(&customers.len()) {
        true => Ok(customers.iter().copied().collect()),
        false => {
            let message = messages::group_customers_range(CUSTOMERS_MAX);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["customerIds"]))
        }
    }
}

async fn require_all(tx: &Tx, customers: &BTreeSet<CustomerId>) -> Result<()> {
    let known = customer::Entity::find()
        .filter(customer::Column::Id.is_in(customers.iter().copied()))
        .count(tx.db())
        .await?;
    match usize::try_from(known) == Ok(customers.len()) {
        true => Ok(()),
        false => Err(Refusal::not_found("customer").at(&["customerIds"]).into()),
    }
}
