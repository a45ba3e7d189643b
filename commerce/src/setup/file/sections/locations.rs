//! Where stock lies, in the order in which it is taken.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::LocationId;

use super::{address::AddressEntry, defaults::yes};
use crate::{
    Result, Tx,
    locations::{self, LocationCreate, LocationUpdate},
    setup::file::section::Section,
};

pub(super) struct Locations;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct LocationEntry {
    name: String,
    #[serde(default = "yes")]
    active: bool,
    #[serde(default)]
    pickup: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pickup_instructions: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opening_hours: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<AddressEntry>,
}

#[async_trait]
impl Section for Locations {
    const KEY: &'static str = "locations";
    type Id = LocationId;
    type Entry = LocationEntry;

    fn name(entry: &LocationEntry) -> String {
        entry.name.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(LocationId, LocationEntry)>> {
        let entry = |row: vitrine_entity::location::Model| LocationEntry {
            name: row.name,
            active: row.active,
            pickup: row.pickup,
            pickup_instructions: row.pickup_instructions,
            opening_hours: row.opening_hours,
            address: row.address.map(AddressEntry::from),
        };
        let rows = locations::all(tx.db()).await?;
        Ok(rows.into_iter().map(|row| (row.id, entry(row))).collect())
    }

    async fn put(tx: &Tx, current: Option<LocationId>, entry: &LocationEntry, _: bool) -> Result<()> {
        let entry = entry.clone();
        let Some(location) = current else {
            let create = LocationCreate {
                name: entry.name,
                address: entry.address.map(Into::into),
                active: entry.active,
                pickup: entry.pickup,
                pickup_instructions: entry.pickup_instructions,
                opening_hours: entry.opening_hours,
            };
            return locations::create_in(tx, &create).await.map(drop);
        };
        let update = LocationUpdate {
            name: Some(entry.name),
            address: Some(entry.address.map(Into::into)),
            active: Some(entry.active),
            pickup: Some(entry.pickup),
            pickup_instructions: Some(entry.pickup_instructions),
            opening_hours: Some(entry.opening_hours),
            ..LocationUpdate::of(location)
        };
        locations::update_in(tx, &update).await.map(drop)
    }

    async fn remove(tx: &Tx, id: LocationId) -> Result<()> {
        locations::delete_in(tx, id, None).await.map(drop)
    }

    async fn order(tx: &Tx, ids: &[LocationId]) -> Result<()> {
        locations::reorder_in(tx, ids).await.map(drop)
    }
}
