//! Staff and imports set how many units lie in stock.

use sea_orm::{ActiveValue::Set, EntityTrait, FromQueryResult, QueryOrder, Statement};
use vitrine_entity::{
    ids::{LocationId, VariantId},
    location, stock,
    stock_entry::StockEntryKind,
    variant,
};

use super::ledger;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    customers::{permission, permission::Permission, staff},
    jobs::Job,
    text,
};

/// The most units that one variant may have at a location.
const ON_HAND_MAX: i64 = 1_000_000_000;

/// A change of stock by staff.
#[derive(Debug, Clone)]
pub struct Adjust {
    pub variant: VariantId,
    /// Units to add, or where negative, to take away.
    pub delta: i64,
    pub reason: String,
    /// The stock's version that the member of staff saw.
    pub expected_version: Option<i64>,
}

/// Adds to, or takes from, what lies in stock.
///
/// # Errors
/// Refuses what would leave less than orders hold, and a version that is no longer the stock's.
pub async fn adjust(shop: &Shop, context: &Context, input: Adjust) -> Result<stock::Model> {
    permission::require(context, Permission::Inventory)?;
    let reason = text::line(&["input", "reason"], &input.reason, 200)?;
    if input.delta == 0 || input.delta.abs() > ON_HAND_MAX {
        return Err(
            Refusal::new(ErrorCode::Invalid, "`delta` must be a number of units other than 0.")
                .at(&["input", "delta"])
                .into(),
        );
    }
    let (input, reason) = (&input, &reason);
    shop.transact(context, |tx| async move {
        let Some(variant) = variant::Entity::find_by_id(input.variant).one(tx.db()).await? else {
            return Err(Refusal::not_found("variant").at(&["input", "variantId"]).into());
        };
        let location = default_location(&tx).await?;
        ensure_row(&tx, variant.id, location).await?;
        let row = change(&tx, input, location).await?;
        record(&tx, &row, StockEntryKind::Adjusted, input.delta, reason).await?;
        let data = serde_json::json!({ "delta": input.delta, "reason": reason });
        staff::audit(&tx, "inventory.adjust", variant.id.to_string(), data).await?;
        tx.enqueue(Job::IndexProducts {
            products: vec![variant.product_id],
        });
        Ok(row)
    })
    .await
}

async fn change(tx: &Tx, input: &Adjust, location: LocationId) -> Result<stock::Model> {
    let sql = "update stock set on_hand = on_hand + $3, version = version + 1 \
               where variant_id = $1 and location_id = $2 and on_hand + $3 between reserved and $4 \
               and version = coalesce($5, version) returning *";
    let values = [
        input.variant.into(),
        location.into(),
        input.delta.into(),
        ON_HAND_MAX.into(),
        input.expected_version.into(),
    ];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    if let Some(row) = stock::Model::find_by_statement(statement).one(tx.db()).await? {
        return Ok(row);
    }
    let now = stock::Entity::find_by_id((input.variant, location))
        .one(tx.db())
        .await?;
    let (version, on_hand, reserved) = now.map_or((0, 0, 0), |row| (row.version, row.on_hand, row.reserved));
    Err(if input.expected_version.is_some_and(|expected| expected != version) {
        let message = format!("The stock has changed meanwhile: it is at version {version}. Read it again.");
        Refusal::new(ErrorCode::VersionConflict, message).at(&["input", "expectedVersion"])
    } else {
        let message = format!(
            "{on_hand} lie in stock and orders hold {reserved} of them: it cannot change by {}.",
            input.delta
        );
        Refusal::new(ErrorCode::InsufficientStock, message).at(&["input", "delta"])
    }
    .into())
}

/// Makes `on_hand` units lie in stock at the default location, whatever lay there before.
///
/// # Errors
/// Refuses less than orders hold.
pub async fn set_on_hand(tx: &Tx, variant: VariantId, on_hand: i64, reason: &str) -> Result<()> {
    let location = default_location(tx).await?;
    let before = stock::Entity::find_by_id((variant, location)).one(tx.db()).await?;
    let (was, reserved) = before.as_ref().map_or((0, 0), |row| (row.on_hand, row.reserved));
    if on_hand < reserved || on_hand > ON_HAND_MAX {
        let message =
            format!("Orders hold {reserved} units: what lies in stock must be between that and {ON_HAND_MAX}.");
        return Err(Refusal::new(ErrorCode::InsufficientStock, message)
            .at(&["onHand"])
            .into());
    }
    if before.is_none() {
        ensure_row(tx, variant, location).await?;
    }
    if on_hand == was {
        return Ok(());
    }
    let sql = "update stock set on_hand = $3, version = version + 1 \
               where variant_id = $1 and location_id = $2 and reserved <= $3 returning *";
    let statement = Statement::from_sql_and_values(
        tx.shop().db.get_database_backend(),
        sql,
        [variant.into(), location.into(), on_hand.into()],
    );
    let row = stock::Model::find_by_statement(statement).one(tx.db()).await?;
    let row =
        row.ok_or_else(|| Refusal::new(ErrorCode::InsufficientStock, "Orders hold more than that.").at(&["onHand"]))?;
    record(tx, &row, StockEntryKind::Received, on_hand - was, reason).await
}

async fn record(tx: &Tx, row: &stock::Model, kind: StockEntryKind, on_hand_delta: i64, reason: &str) -> Result<()> {
    let entry = ledger::Entry {
        variant: row.variant_id,
        location: row.location_id,
        kind,
        on_hand_delta,
        reserved_delta: 0,
        order: None,
        reason: Some(reason.to_owned()),
    };
    ledger::write(tx, vec![entry]).await
}

async fn ensure_row(tx: &Tx, variant: VariantId, location: LocationId) -> Result<()> {
    let row = stock::ActiveModel {
        variant_id: Set(variant),
        location_id: Set(location),
        on_hand: Set(0),
        reserved: Set(0),
        version: Set(1),
        low_alerted: Set(false),
    };
    stock::Entity::insert(row)
        .on_conflict_do_nothing_on([stock::Column::VariantId, stock::Column::LocationId])
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Where stock lies unless somebody says otherwise: the first location.
async fn default_location(tx: &Tx) -> Result<LocationId> {
    let first = location::Entity::find()
        .order_by_asc(location::Column::Position)
        .order_by_asc(location::Column::Id)
        .one(tx.db())
        .await?;
    match first {
        Some(location) => Ok(location.id),
        None => {
            let id = LocationId(tx.shop().new_id());
            let row = location::ActiveModel {
                id: Set(id),
                name: Set("Main warehouse".to_owned()),
                position: Set(0),
            };
            location::Entity::insert(row).exec_without_returning(tx.db()).await?;
            Ok(id)
        }
    }
}
