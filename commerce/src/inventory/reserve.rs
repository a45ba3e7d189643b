//! Takes what an order wants: what lies in stock is held, and what does not is promised, where staff said so.
//!
//! A line is taken from one location where one has all of it, in one statement; else in parts, from the first
//! location on. What came for orders that wait is theirs: whoever orders now takes what lies beyond it.

use chrono::{DateTime, Utc};
use vitrine_entity::{
    ids::{OrderId, VariantId},
    stock_policy,
};

use super::{
    availability, backorder,
    low_stock::{self, Level},
    take::{Part, Shelves, hold, take_parts},
};
use crate::{Result, Tx, sql};

/// What an order wants of one SKU.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    pub sku: String,
    pub variant: VariantId,
    pub quantity: i64,
}

impl Demand {
    /// Of each variant what all lines want together.
    pub fn together(lines: impl IntoIterator<Item = Self>) -> Vec<Self> {
        let mut demands: Vec<Self> = Vec::new();
        for line in lines {
            match demands.iter_mut().find(|demand| demand.variant == line.variant) {
                Some(demand) => demand.quantity += line.quantity,
                None => demands.push(line),
            }
        }
        demands
    }
}

/// What became of a [`Demand`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Its units are held, or promised. `last` when whoever comes next may find less than before.
    Reserved {
        last: bool,
    },
    Insufficient {
        available: i64,
    },
}

/// How often what lies where is looked at anew, because somebody else was faster.
const ROUNDS_MAX: usize = 3;

/// Reserves every demand, in SKU order. `demands` hold each variant once. The caller rolls back unless all
/// were reserved.
///
/// Gives what became of each, in the order of `demands` once sorted by SKU.
pub async fn reserve(tx: &Tx, order: OrderId, demands: &mut [Demand], expires_at: DateTime<Utc>) -> Result<Vec<Held>> {
    demands.sort_by(|a, b| a.sku.cmp(&b.sku));
    let mut outcomes = Vec::with_capacity(demands.len());
    let mut taken = Vec::new();
    let mut missing = Vec::new();
    for (index, demand) in demands.iter().enumerate() {
        let found = find(tx, demand).await?;
        for part in &found.parts {
            low_stock::watch(tx, &part.level, -part.quantity).await?;
        }
        let last = found.parts.iter().any(|part| part.level.is_out());
        if found.missing > 0 {
            missing.push((index, found.missing, found.policy));
        }
        outcomes.push(Held::Reserved { last });
        taken.extend(found.parts.into_iter().map(|part| (demand.variant, part)));
    }
    // After all stock: whoever gives stock and promises back does it in this order, too.
    for (index, units, policy) in missing {
        let demand = &demands[index];
        outcomes[index] = match &policy {
            Some(policy) if backorder::promise(tx, order, policy, units, expires_at).await? => {
                Held::Reserved { last: true }
            }
            policy => Held::Insufficient {
                available: demand.quantity - units + policy.as_ref().map_or(0, availability::promisable),
            },
        };
    }
    hold(tx, order, &taken, expires_at);
    Ok(outcomes)
}

/// What was found of a demand in stock.
#[derive(Default)]
struct Found {
    parts: Vec<Part>,
    missing: i64,
    policy: Option<stock_policy::Model>,
}

async fn find(tx: &Tx, demand: &Demand) -> Result<Found> {
    let quantity = demand.quantity;
    if let Some(level) = take_whole(tx, demand).await? {
        return Ok(Found {
            parts: vec![Part { level, quantity }],
            ..Found::default()
        });
    }
    let mut found = Found {
        missing: quantity,
        ..Found::default()
    };
    for _ in 0..ROUNDS_MAX {
        let shelves = Shelves::read(tx, demand.variant).await?;
        found.policy = shelves.policy;
        if found.policy.as_ref().is_some_and(|policy| !policy.tracked) {
            found.missing = 0;
            break;
        }
        let waiting = found.policy.as_ref().map_or(0, |policy| policy.promised);
        let free = shelves.places.iter().map(|place| place.free).sum::<i64>() - waiting;
        let wanted = found.missing.min(free);
        let taken = take_parts(tx, demand.variant, shelves.places, wanted).await?;
        let units: i64 = taken.iter().map(|part| part.quantity).sum();
        found.missing -= units;
        found.parts.extend(taken);
        if found.missing == 0 || units >= wanted {
            break;
        }
    }
    Ok(found)
}

/// Holds all units at the first location that has them, in one statement; gives where, and how many are left
/// there.
async fn take_whole(tx: &Tx, demand: &Demand) -> Result<Option<Level>> {
    let sql = format!(
        "update stock set reserved = reserved + $2, version = version + 1 \
         where variant_id = $1 and on_hand - reserved >= $2 and location_id = \
         (select s.location_id from stock s join location l on l.id = s.location_id \
          left join stock_policy p on p.variant_id = s.variant_id \
          where s.variant_id = $1 and l.active and l.deleted_at is null and coalesce(p.tracked, true) \
          and s.on_hand - s.reserved - coalesce(p.promised, 0) >= $2 order by l.position, l.id limit 1) {}",
        low_stock::RETURNING
    );
    Ok(sql::one(tx.db(), &sql, [demand.variant.into(), demand.quantity.into()]).await?)
}
