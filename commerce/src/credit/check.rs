//! The books of credit, checked against themselves: what no provider can be compared with.

use sea_orm::{ConnectionTrait, FromQueryResult, Iterable};
use uuid::Uuid;
use vitrine_entity::credit_finding::CreditFindingKind;

use crate::{
    Context, Result, Shop, sql,
    staff::permission::{self, Permission},
};

/// The most differences of a kind that are told at once.
pub(super) const DIFFERENCES_MAX: usize = 100;

/// What does not agree. There should be none, ever: somebody has changed rows by hand, or there is a mistake of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    pub kind: CreditFindingKind,
    /// The account's id, or the order's.
    pub subject: Uuid,
    pub noted_minor: i64,
    pub entries_minor: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    noted: i64,
    entries: i64,
}

impl Row {
    fn of(self, kind: CreditFindingKind) -> Difference {
        Difference {
            kind,
            subject: self.id,
            noted_minor: self.noted,
            entries_minor: self.entries,
        }
    }
}

const BALANCES: &str = "select id, noted, entries from (select a.id as id, a.balance_minor as noted, \
    cast(coalesce((select sum(e.amount_minor) from credit_entry e where e.account_id = a.id), 0) as bigint) as entries \
    from credit_account a) as books";

const PAID: &str = "select id, noted, entries from (select o.id as id, o.credit_minor as noted, \
    cast(coalesce((select -sum(e.amount_minor) from credit_entry e where e.order_id = o.id and e.kind = 'REDEEMED'), 0) \
    as bigint) as entries from orders o where o.credit_minor <> 0 or o.id in \
    (select order_id from credit_entry where kind = 'REDEEMED')) as books";

const RETURNED: &str = "select id, noted, entries from (select o.id as id, \
    cast(coalesce((select sum(c.returned_minor) from order_credit c where c.order_id = o.id), 0) \
    + coalesce((select sum(p.credited_minor) from payment p where p.order_id = o.id), 0) as bigint) as noted, \
    cast(coalesce((select sum(e.amount_minor) from credit_entry e where e.order_id = o.id \
    and e.kind in ('GIVEN_BACK', 'REFUNDED')), 0) as bigint) as entries \
    from orders o where o.id in (select order_id from order_credit union select order_id from payment \
    where credited_minor <> 0 union select order_id from credit_entry where order_id is not null)) as books";

/// All that does not agree, for staff: at most 100 of each kind.
///
/// # Errors
/// Refuses whoever may not.
pub async fn differences(shop: &Shop, context: &Context) -> Result<Vec<Difference>> {
    permission::require_or_system(context, Permission::Payments)?;
    let mut all = Vec::new();
    for kind in CreditFindingKind::iter() {
        let sql = format!("{} where noted <> entries order by id limit $1", books(kind));
        let most = i64::try_from(DIFFERENCES_MAX).unwrap_or(i64::MAX);
        let rows = sql::all::<Row>(&shop.db, &sql, [most.into()]).await?;
        all.extend(rows.into_iter().map(|row| row.of(kind)));
    }
    Ok(all)
}

/// What does not agree of one thing, as the caller's transaction sees it.
pub(super) async fn difference_of(
    db: &impl ConnectionTrait,
    kind: CreditFindingKind,
    subject: Uuid,
) -> Result<Option<Difference>> {
    let sql = format!("{} where noted <> entries and id = $1", books(kind));
    let row = sql::one::<Row>(db, &sql, [subject.into()]).await?;
    Ok(row.map(|row| row.of(kind)))
}

fn books(kind: CreditFindingKind) -> &'static str {
    match kind {
        CreditFindingKind::Balance => BALANCES,
        CreditFindingKind::Paid => PAID,
        CreditFindingKind::Returned => RETURNED,
    }
}
