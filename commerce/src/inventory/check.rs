//! Whether the ledger explains the stock: what triggers and statements keep so, looked at anew for whoever doubts it.

use std::fmt;

use sea_orm::FromQueryResult;

use crate::{Result, Shop, sql};

/// The most that are told.
const TOLD_MAX: i64 = 20;

/// A level that does not agree with its entries or with what orders hold.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Unexplained {
    pub sku: String,
    pub location: String,
    pub on_hand: i64,
    pub reserved: i64,
    /// What the entries come to.
    pub entered_on_hand: i64,
    pub entered_reserved: i64,
    /// What orders hold.
    pub held: i64,
}

impl fmt::Display for Unexplained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            sku,
            location,
            on_hand,
            reserved,
            entered_on_hand,
            entered_reserved,
            held,
        } = self;
        write!(
            f,
            "{sku} at {location}: {on_hand} on hand (its entries: {entered_on_hand}), {reserved} reserved (its entries: \
             {entered_reserved}; held by orders: {held})"
        )
    }
}

/// Levels that disagree, 20 at most. It adds the whole ledger up.
///
/// # Errors
/// When the database fails, or takes too long.
pub async fn unexplained(shop: &Shop) -> Result<Vec<Unexplained>> {
    // One statement, so that what is sold meanwhile is in all of it or in nothing.
    let sql = "select v.sku, l.name as location, s.on_hand, s.reserved, \
        cast(coalesce(e.on_hand, 0) as bigint) as entered_on_hand, cast(coalesce(e.reserved, 0) as bigint) as entered_reserved, \
        cast(coalesce(h.held, 0) as bigint) as held \
        from stock s join variant v on v.id = s.variant_id join location l on l.id = s.location_id \
        left join (select variant_id, location_id, sum(on_hand_delta) as on_hand, sum(reserved_delta) as reserved \
          from stock_entry group by variant_id, location_id) e on e.variant_id = s.variant_id and e.location_id = s.location_id \
        left join (select variant_id, location_id, sum(quantity) as held from reservation where state = 'HELD' \
          group by variant_id, location_id) h on h.variant_id = s.variant_id and h.location_id = s.location_id \
        where s.on_hand <> coalesce(e.on_hand, 0) or s.reserved <> coalesce(e.reserved, 0) or s.reserved <> coalesce(h.held, 0) \
          or s.reserved > s.on_hand \
        order by v.sku limit $1";
    Ok(sql::all(&shop.db, sql, [TOLD_MAX.into()]).await?)
}
