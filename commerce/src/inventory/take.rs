//! Takes units of a variant from where they lie.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, FromQueryResult, QueryResult};
use vitrine_entity::{
    ids::{LocationId, OrderId, ReservationId, VariantId},
    reservation::{self, ReservationState},
    stock_entry::StockEntryKind,
    stock_policy,
};

use super::{
    ledger::{self, Entry},
    low_stock::{self, Level},
};
use crate::{
    Result, Tx,
    sql::{self, columns},
};

/// Units that were taken at one location.
pub(super) struct Part {
    pub(super) level: Level,
    pub(super) quantity: i64,
}

/// What lies where of a variant that is open, in the order in which it is taken.
pub(super) struct Shelves {
    pub(super) places: Vec<Place>,
    pub(super) policy: Option<stock_policy::Model>,
}

#[derive(FromQueryResult)]
pub(super) struct Place {
    location_id: LocationId,
    pub(super) free: i64,
}

impl Shelves {
    pub(super) async fn read(tx: &Tx, variant: VariantId) -> Result<Self> {
        let sql = format!(
            "select s.location_id, s.on_hand - s.reserved as free, {policy} from variant v \
             left join stock_policy k on k.variant_id = v.id \
             left join (select o.* from stock o join location l on l.id = o.location_id \
               where o.variant_id = $1 and o.on_hand > o.reserved and l.active and l.deleted_at is null) s \
             on s.variant_id = v.id left join location l on l.id = s.location_id \
             where v.id = $1 order by l.position, l.id",
            policy = columns::<stock_policy::Column>("k")
        );
        let rows = sql::rows(tx.db(), &sql, [variant.into()]).await?;
        let policy = |row: &QueryResult| stock_policy::Model::from_query_result_optional(row, "k_");
        let places = rows.iter().map(|row| Place::from_query_result_optional(row, ""));
        Ok(Self {
            policy: rows.first().map(policy).transpose()?.flatten(),
            places: places.filter_map(Result::transpose).collect::<Result<_, _>>()?,
        })
    }
}

/// Takes so many units: all of them where one location has them, else what each has, from the first on. It
/// gives less where somebody else was faster.
pub(super) async fn take_parts(tx: &Tx, variant: VariantId, places: Vec<Place>, wanted: i64) -> Result<Vec<Part>> {
    let (mut parts, mut left) = (Vec::new(), wanted);
    let whole = places.iter().position(|place| place.free >= wanted);
    for place in places.into_iter().skip(whole.unwrap_or(0)) {
        let quantity = left.min(place.free);
        if quantity <= 0 {
            break;
        }
        if let Some(level) = take_at(tx, variant, place.location_id, quantity).await? {
            left -= quantity;
            parts.push(Part { level, quantity });
        }
    }
    Ok(parts)
}

async fn take_at(tx: &Tx, variant: VariantId, location: LocationId, quantity: i64) -> Result<Option<Level>> {
    let sql = format!(
        "update stock set reserved = reserved + $3, version = version + 1 \
         where variant_id = $1 and location_id = $2 and on_hand - reserved >= $3 {}",
        low_stock::RETURNING
    );
    Ok(sql::one(tx.db(), &sql, [variant.into(), location.into(), quantity.into()]).await?)
}

/// Writes which order holds what was taken.
pub(super) fn hold(tx: &Tx, order: OrderId, taken: &[(VariantId, Part)], expires_at: DateTime<Utc>) {
    let (mut holds, mut entries) = (Vec::new(), Vec::new());
    for (variant, part) in taken {
        let (variant, location) = (*variant, part.level.location_id);
        holds.push(reservation::ActiveModel {
            id: Set(ReservationId(tx.shop().new_id())),
            order_id: Set(order),
            variant_id: Set(variant),
            location_id: Set(location),
            quantity: Set(part.quantity),
            state: Set(ReservationState::Held),
            expires_at: Set(expires_at),
        });
        entries.push(Entry {
            reserved_delta: part.quantity,
            ..Entry::of_order(StockEntryKind::Reserved, variant, location, order)
        });
    }
    tx.write_later::<reservation::Entity>(holds);
    ledger::write(tx, entries);
}
