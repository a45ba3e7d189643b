//! How many units of a variant can be had, and whether they lie in stock or are promised.
//!
//! What lies at a location that is closed cannot be had; nor what came for orders that wait for it.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::{DbErr, FromQueryResult, QueryResult};
use vitrine_entity::{
    backorder::BackorderKind,
    ids::{ProductId, VariantId},
    stock_policy::{self, OutOfStockPolicy},
};

use super::ON_HAND_MAX;
use crate::{
    Result, Shop,
    sql::{self, columns as all_columns},
};

/// What can be had of a variant.
#[derive(Debug, Clone, PartialEq)]
pub struct Availability {
    /// Units at open locations that no order holds.
    free: i64,
    policy: Option<stock_policy::Model>,
    /// When the next goods are expected, of those that are on their way.
    pub next_incoming: Option<NaiveDate>,
    today: NaiveDate,
}

/// What whoever orders now gets, the soonest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StockStatus {
    InStock,
    Backorder,
    PreOrder,
    SoldOut,
}

/// Units that do not lie in stock, and when they should come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    pub kind: BackorderKind,
    pub quantity: i64,
    pub expected_on: Option<NaiveDate>,
}

impl Availability {
    /// A row of a statement that asks for [`columns`].
    pub(crate) fn read(row: &QueryResult, today: NaiveDate) -> Result<Self, DbErr> {
        Ok(Self {
            free: row.try_get("", "free")?,
            policy: stock_policy::Model::from_query_result_optional(row, "k_")?,
            next_incoming: row.try_get("", "next_incoming")?,
            today,
        })
    }

    /// Whether it is counted at all; what is not never runs out.
    pub fn is_tracked(&self) -> bool {
        self.policy.as_ref().is_none_or(|policy| policy.tracked)
    }

    /// Units that can be sent at once.
    pub fn in_stock(&self) -> i64 {
        match &self.policy {
            Some(policy) if !policy.tracked => ON_HAND_MAX,
            Some(policy) => (self.free - policy.promised).max(0),
            None => self.free.max(0),
        }
    }

    /// Units that may be promised beyond those.
    pub fn promisable(&self) -> i64 {
        self.policy.as_ref().map_or(0, promisable)
    }

    /// Whether any number may be promised.
    pub fn is_unlimited(&self) -> bool {
        let policy = self.policy.as_ref();
        policy.is_some_and(|policy| policy.policy != OutOfStockPolicy::Refuse && policy.unit_limit.is_none())
    }

    /// Units that can be ordered now.
    pub fn to_be_had(&self) -> i64 {
        (self.in_stock() + self.promisable()).min(ON_HAND_MAX)
    }

    pub fn status(&self) -> StockStatus {
        match self.kind() {
            _ if self.in_stock() > 0 => StockStatus::InStock,
            Some(kind) if self.promisable() > 0 => kind.into(),
            _ => StockStatus::SoldOut,
        }
    }

    /// What of so many units would be promised; `None` where all of them lie in stock, or cannot be had.
    pub fn promise(&self, quantity: i64) -> Option<Promise> {
        let missing = quantity - self.in_stock();
        let kind = self.kind().filter(|_| missing > 0 && missing <= self.promisable())?;
        Some(Promise {
            kind,
            quantity: missing,
            expected_on: self.expected_on(),
        })
    }

    /// When what is promised today should be there.
    pub fn expected_on(&self) -> Option<NaiveDate> {
        let policy = self.policy.as_ref()?;
        expected_on(policy, self.next_incoming, self.today)
    }

    fn kind(&self) -> Option<BackorderKind> {
        kind(self.policy.as_ref()?)
    }
}

impl From<BackorderKind> for StockStatus {
    fn from(kind: BackorderKind) -> Self {
        match kind {
            BackorderKind::Backorder => Self::Backorder,
            BackorderKind::PreOrder => Self::PreOrder,
        }
    }
}

/// How many units more may be promised.
pub(super) fn promisable(policy: &stock_policy::Model) -> i64 {
    match (policy.policy, policy.unit_limit) {
        (OutOfStockPolicy::Refuse, _) => 0,
        (_, None) => ON_HAND_MAX,
        (_, Some(limit)) => (limit - policy.promised).max(0),
    }
}

pub(super) fn kind(policy: &stock_policy::Model) -> Option<BackorderKind> {
    match policy.policy {
        OutOfStockPolicy::Refuse => None,
        OutOfStockPolicy::Backorder => Some(BackorderKind::Backorder),
        OutOfStockPolicy::PreOrder => Some(BackorderKind::PreOrder),
    }
}

/// The date that staff gave, while it lies ahead; else the days that they gave, from today; else when the
/// next goods come.
pub(super) fn expected_on(
    policy: &stock_policy::Model,
    next_incoming: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<NaiveDate> {
    let date = policy.promise_date.filter(|date| *date >= today);
    let days = policy.promise_days.and_then(|days| u64::try_from(days).ok());
    date.or_else(|| today.checked_add_days(Days::new(days?)))
        .or(next_incoming)
}

/// The day that it is where the shop is.
pub(crate) fn today(shop: &Shop) -> NaiveDate {
    shop.today()
}

/// What [`Availability::read`] reads, of the variant whose id stands in `variant`, where `today` is a
/// parameter; beside [`join`].
pub(crate) fn columns(variant: &str, today: &str) -> String {
    format!(
        "{policy}, {free} as free, {next_incoming} as next_incoming",
        policy = all_columns::<stock_policy::Column>("k"),
        free = free(variant),
        next_incoming = next_incoming(variant, today),
    )
}

/// Goes with [`columns`].
pub(crate) fn join(variant: &str) -> String {
    format!("left join stock_policy k on k.variant_id = {variant}")
}

/// Whether any unit can be ordered.
pub(crate) fn can_be_had(variant: &str) -> String {
    format!(
        "(exists (select 1 from stock_policy k where k.variant_id = {variant} and (not k.tracked \
           or (k.policy <> 'REFUSE' and (k.unit_limit is null or k.promised < k.unit_limit)))) \
         or {free} > coalesce((select k.promised from stock_policy k where k.variant_id = {variant}), 0))",
        free = free(variant),
    )
}

fn free(variant: &str) -> String {
    format!(
        "cast(coalesce((select sum(s.on_hand - s.reserved) from stock s \
         join location l on l.id = s.location_id and l.active and l.deleted_at is null \
         where s.variant_id = {variant}), 0) as bigint)"
    )
}

/// The next day on which goods should come that are on their way; what is late is not promised.
pub(super) fn next_incoming(variant: &str, today: &str) -> String {
    format!(
        "(select min(t.expected_on) from stock_transfer_line i join stock_transfer t on t.id = i.transfer_id \
         join location l on l.id = t.destination_id and l.active and l.deleted_at is null \
         where i.variant_id = {variant} and t.status = 'IN_TRANSIT' and t.expected_on >= {today} \
         and i.received + i.returned + i.missing < i.quantity)"
    )
}

/// What can be had of each variant.
pub async fn availability_of(shop: &Shop, variants: &[VariantId]) -> Result<HashMap<VariantId, Availability>> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select v.id as id, {} from variant v {} where v.id {}",
        columns("v.id", "$1"),
        join("v.id"),
        sql::among_parameter::<VariantId>(&shop.db, 2)
    );
    let today = today(shop);
    let values = [today.into(), sql::list(&shop.db, variants.iter().copied())];
    let rows = sql::rows(&shop.db, &sql, values).await?;
    let read = |row: &QueryResult| Ok((row.try_get("", "id")?, Availability::read(row, today)?));
    rows.iter().map(read).collect()
}

/// What can be had soonest of each product's active variants.
pub async fn statuses_of(shop: &Shop, products: &[ProductId]) -> Result<HashMap<ProductId, StockStatus>> {
    if products.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "select v.product_id as id, {} from variant v {} where v.active and v.product_id {}",
        columns("v.id", "$1"),
        join("v.id"),
        sql::among_parameter::<ProductId>(&shop.db, 2)
    );
    let today = today(shop);
    let values = [today.into(), sql::list(&shop.db, products.iter().copied())];
    let mut soonest = HashMap::new();
    for row in sql::rows(&shop.db, &sql, values).await? {
        let status = Availability::read(&row, today)?.status();
        let best = soonest.entry(row.try_get("", "id")?).or_insert(status);
        *best = status.min(*best);
    }
    Ok(soonest)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn availability(free: i64, policy: Option<stock_policy::Model>) -> Availability {
        Availability {
            free,
            policy,
            next_incoming: Some(day("2026-12-24")),
            today: day("2026-12-01"),
        }
    }

    fn policy(policy: OutOfStockPolicy, unit_limit: Option<i64>, promised: i64) -> stock_policy::Model {
        stock_policy::Model {
            variant_id: VariantId(Uuid::from_u128(1)),
            policy,
            tracked: true,
            unit_limit,
            promised,
            promise_days: None,
            promise_date: None,
            version: 1,
        }
    }

    #[test]
    fn what_is_promised_is_what_does_not_lie_there_and_no_more_than_the_limit() {
        let plain = availability(3, None);
        assert_eq!((plain.to_be_had(), plain.status()), (3, StockStatus::InStock));
        assert_eq!(plain.promise(4), None);
        let some = availability(3, Some(policy(OutOfStockPolicy::Backorder, Some(5), 2)));
        // Two of the three came for those who wait.
        assert_eq!((some.in_stock(), some.to_be_had()), (1, 4));
        assert_eq!(some.promise(4).map(|promise| promise.quantity), Some(3));
        assert_eq!((some.promise(1), some.promise(5)), (None, None));
        let full = availability(0, Some(policy(OutOfStockPolicy::PreOrder, Some(5), 5)));
        assert_eq!((full.to_be_had(), full.status()), (0, StockStatus::SoldOut));
        let free = availability(0, Some(policy(OutOfStockPolicy::PreOrder, None, 7)));
        assert_eq!((free.to_be_had(), free.status()), (ON_HAND_MAX, StockStatus::PreOrder));
        let untracked = stock_policy::Model {
            tracked: false,
            ..policy(OutOfStockPolicy::Refuse, None, 0)
        };
        let untracked = availability(0, Some(untracked));
        assert_eq!((untracked.to_be_had(), untracked.promise(9)), (ON_HAND_MAX, None));
        assert_eq!(untracked.status(), StockStatus::InStock);
    }

    #[test]
    fn the_promise_is_staffs_while_it_lies_ahead_and_else_what_comes_next() {
        let told = |days: Option<i32>, date: Option<&str>| {
            let row = stock_policy::Model {
                promise_days: days,
                promise_date: date.map(day),
                ..policy(OutOfStockPolicy::Backorder, None, 0)
            };
            availability(0, Some(row)).expected_on()
        };
        assert_eq!(told(None, Some("2026-12-05")), Some(day("2026-12-05")));
        assert_eq!(told(None, Some("2026-11-30")), Some(day("2026-12-24")));
        assert_eq!(told(Some(3), None), Some(day("2026-12-04")));
        assert_eq!(told(None, None), Some(day("2026-12-24")));
    }
}
