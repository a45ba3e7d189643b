//! Little is left: staff are told once when what is available of a variant at a location falls to
//! its threshold or below, and again only after it has risen above.

use sea_orm::FromQueryResult;
use vitrine_entity::{
    ids::{LocationId, VariantId},
    stock,
};

use crate::{Result, Tx, jobs::Job, notifications, sql};

macro_rules! threshold {
    () => {
        "(select low_stock_threshold from variant where variant.id = stock.variant_id and not exists \
          (select 1 from stock_policy k where k.variant_id = stock.variant_id and not k.tracked))"
    };
}

/// The threshold of a row of `stock`; null for what never runs out.
pub(super) const THRESHOLD: &str = threshold!();

/// What every statement that changes stock gives, so that to watch it takes none of its own.
pub(super) const RETURNING: &str = concat!(
    "returning *, on_hand - reserved as available, ",
    threshold!(),
    " as threshold, \
     coalesce((select promised from stock_policy where stock_policy.variant_id = stock.variant_id), 0) as waiting"
);

/// A stock row just after a change.
#[derive(Debug, FromQueryResult)]
pub(super) struct Level {
    variant_id: VariantId,
    pub(super) location_id: LocationId,
    pub(super) available: i64,
    /// None for what never runs out.
    threshold: Option<i32>,
    low_alerted: bool,
    /// Units that orders wait for.
    waiting: i64,
}

impl Level {
    /// Whether nothing is left for whoever comes next, as far as this location tells.
    pub(super) fn is_out(&self) -> bool {
        self.available <= self.waiting
    }
}

/// Has what came given to the orders that wait for it, and told to the shoppers who do. Notes that the threshold was
/// crossed, if it was. `change` is what became of the available units: one who receives the first few of something new
/// has not let it run low.
pub(super) async fn watch(tx: &Tx, level: &Level, change: i64) -> Result<()> {
    watch_all(tx, std::slice::from_ref(level), |_| change).await
}

/// As [`watch`], for many variants at one location.
pub(super) async fn watch_all(tx: &Tx, levels: &[Level], change: impl Fn(VariantId) -> i64) -> Result<()> {
    let told = levels
        .iter()
        .map(|level| (level.variant_id, level.available, change(level.variant_id)));
    notifications::tell_of_levels(tx, told).await?;
    for level in levels {
        note(tx, level, change(level.variant_id)).await?;
    }
    Ok(())
}

async fn note(tx: &Tx, level: &Level, change: i64) -> Result<()> {
    if change > 0 && level.waiting > 0 {
        let variant = level.variant_id;
        tx.enqueue(None, Job::FillBackorders { variant });
    }
    let is_low = level
        .threshold
        .is_some_and(|threshold| level.available <= i64::from(threshold));
    let alerted = match (is_low, level.low_alerted) {
        (true, false) if change < 0 => true,
        (false, true) => false,
        _ => return Ok(()),
    };
    let sql = "update stock set low_alerted = $3 where variant_id = $1 and location_id = $2";
    let values = [level.variant_id.into(), level.location_id.into(), alerted.into()];
    sql::execute(tx.db(), sql, values).await?;
    if alerted {
        notifications::tell_of_low_stock(tx, level.variant_id);
    }
    Ok(())
}

/// Whether so little of it is left that staff should know.
pub fn is_low(row: &stock::Model, threshold: Option<i32>) -> bool {
    threshold.is_some_and(|threshold| row.on_hand - row.reserved <= i64::from(threshold))
}
