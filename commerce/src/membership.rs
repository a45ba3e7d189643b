//! Who is in which groups of customers: what is switched, prices and discounts go by it.

use sea_orm::ConnectionTrait;
use vitrine_entity::ids::{CustomerGroupId, CustomerId};

use crate::{Result, sql};

/// The groups that a customer is in. One statement; none for those who have no account. Unscoped.
///
/// # Errors
/// When the database fails.
pub(crate) async fn groups_of(db: &impl ConnectionTrait, customer: Option<CustomerId>) -> Result<Vec<CustomerGroupId>> {
    let Some(customer) = customer else {
        return Ok(Vec::new());
    };
    let sql = "select m.group_id from customer_group_member m join customer_group g on g.id = m.group_id \
               where m.customer_id = $1 and g.deleted_at is null order by m.group_id";
    Ok(sql::column(db, sql, [customer.into()]).await?)
}
