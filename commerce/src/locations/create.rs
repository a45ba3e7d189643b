//! Staff open a location.

use sea_orm::{EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{ids::LocationId, location};

use super::{
    check, find,
    row::{count_live, refuse_taken},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    address::{self, AddressInput},
    language::messages,
    staff::{Permission, audit, permission},
    turn::{self, Turn},
};

/// The most locations of a shop: a line of an order may be taken from several.
const LOCATIONS_MAX: u64 = 200;

/// A location as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocationCreate {
    pub name: String,
    pub address: Option<AddressInput>,
    /// Whether stock is taken from here.
    pub active: bool,
    pub pickup: bool,
    pub pickup_instructions: Option<String>,
    /// In words.
    pub opening_hours: Option<String>,
}

/// Opens a location: the last that stock is taken from.
///
/// # Errors
/// Refuses whoever may not, fields that are wrong, and a name that another location has.
pub async fn create(shop: &Shop, context: &Context, input: LocationCreate) -> Result<location::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    let input = &input;
    shop.transact(context, |tx| async move { create_in(&tx, input).await })
        .await
}

/// As [`create`], within a transaction of the caller's.
pub async fn create_in(tx: &Tx, input: &LocationCreate) -> Result<location::Model> {
    permission::require_or_system(tx.context(), Permission::Settings)?;
    turn::take(tx, Turn::Locations).await?;
    if count_live(tx.db()).await? >= LOCATIONS_MAX {
        let message = messages::locations_max(LOCATIONS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["name"]).into());
    }
    let address = input.address.as_ref();
    let last = find::all(tx.db()).await?.last().map(|location| location.position);
    let row = location::Model {
        id: LocationId(tx.shop().new_id()),
        name: check::name(&input.name)?,
        position: last.map_or(0, |position| position.saturating_add(1)),
        address: address
            .map(|address| address::checked(address, "address"))
            .transpose()?,
        active: input.active,
        pickup: input.pickup,
        pickup_instructions: check::pickup_instructions(input.pickup_instructions.as_deref())?,
        opening_hours: check::opening_hours(input.opening_hours.as_deref())?,
        version: 1,
        deleted_at: None,
    };
    location::Entity::insert(row.clone().into_active_model())
        .exec_without_returning(tx.db())
        .await
        .map_err(refuse_taken)?;
    let data = json!({ "name": row.name });
    audit(tx, "location.create", row.id.to_string(), data).await?;
    Ok(row)
}
