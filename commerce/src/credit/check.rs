//! The books of credit, checked against themselves: what no provider can be compared with.

use chrono::TimeDelta;
use sea_orm::FromQueryResult;
use vitrine_entity::ids::{CreditAccountId, OrderId};

use crate::{
    Context, Result, Shop, sql,
    staff::permission::{self, Permission},
    tick,
};

/// How often the shop looks by itself.
const PERIOD: TimeDelta = TimeDelta::hours(24);

/// The most differences that are told at once.
const DIFFERENCES_MAX: i64 = 100;

/// What does not agree. There should be none, ever: somebody has changed rows by hand, or there is a mistake of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A balance is not the sum of its entries.
    Balance {
        account: CreditAccountId,
        balance_minor: i64,
        entries_minor: i64,
    },
    /// What an order says that credit has paid is not what was taken for it.
    Paid {
        order: OrderId,
        paid_minor: i64,
        entries_minor: i64,
    },
    /// What is noted to be back of an order is not what was given back.
    Returned {
        order: OrderId,
        returned_minor: i64,
        entries_minor: i64,
    },
}

#[derive(FromQueryResult)]
struct Row {
    id: uuid::Uuid,
    noted: i64,
    entries: i64,
}

const BALANCES: &str = "select id, noted, entries from (select a.id as id, a.balance_minor as noted, \
    cast(coalesce((select sum(e.amount_minor) from credit_entry e where e.account_id = a.id), 0) as bigint) as entries \
    from credit_account a) as books where noted <> entries order by id limit $1";

const PAID: &str = "select id, noted, entries from (select o.id as id, o.credit_minor as noted, \
    cast(coalesce((select -sum(e.amount_minor) from credit_entry e where e.order_id = o.id and e.kind = 'REDEEMED'), 0) \
    as bigint) as entries from orders o where o.credit_minor <> 0 or o.id in \
    (select order_id from credit_entry where kind = 'REDEEMED')) as books \
    where noted <> entries order by id limit $1";

const RETURNED: &str = "select id, noted, entries from (select o.id as id, \
    cast(coalesce((select sum(c.returned_minor) from order_credit c where c.order_id = o.id), 0) \
    + coalesce((select sum(p.credited_minor) from payment p where p.order_id = o.id), 0) as bigint) as noted, \
    cast(coalesce((select sum(e.amount_minor) from credit_entry e where e.order_id = o.id \
    and e.kind in ('GIVEN_BACK', 'REFUNDED')), 0) as bigint) as entries \
    from orders o where o.id in (select order_id from order_credit union select order_id from payment \
    where credited_minor <> 0 union select order_id from credit_entry where order_id is not null)) as books \
    where noted <> entries order by id limit $1";

/// All that does not agree, for staff: at most 100 of each kind.
///
/// # Errors
/// Refuses whoever may not.
pub async fn differences(shop: &Shop, context: &Context) -> Result<Vec<Difference>> {
    permission::require_or_system(context, Permission::Payments)?;
    let of = async |sql: &str| sql::all::<Row>(&shop.db, sql, [DIFFERENCES_MAX.into()]).await;
    let balances = of(BALANCES).await?.into_iter().map(|row| Difference::Balance {
        account: CreditAccountId(row.id),
        balance_minor: row.noted,
        entries_minor: row.entries,
    });
    let paid = of(PAID).await?.into_iter().map(|row| Difference::Paid {
        order: OrderId(row.id),
        paid_minor: row.noted,
        entries_minor: row.entries,
    });
    let returned = of(RETURNED).await?.into_iter().map(|row| Difference::Returned {
        order: OrderId(row.id),
        returned_minor: row.noted,
        entries_minor: row.entries,
    });
    Ok(balances.chain(paid).chain(returned).collect())
}

/// Looks once a day, if no other worker does, and tells the log of what does not agree. Gives how many differences there are.
///
/// # Errors
/// When the database fails.
pub(crate) async fn check_if_due(shop: &Shop) -> Result<usize> {
    let context = Context::system(shop, "check-credit");
    let is_due = shop.transact(
        &context,
        |tx| async move { tick::claim(&tx, "check_credit", PERIOD).await },
    );
    if !is_due.await? {
        return Ok(0);
    }
    let found = differences(shop, &context).await?;
    for difference in &found {
        tracing::error!(?difference, "the books of gift cards and store credit do not agree");
    }
    Ok(found.len())
}
