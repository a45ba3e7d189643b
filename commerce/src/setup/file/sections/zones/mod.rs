//! Where the shop sends to, how, and for how much. Amounts are decimals in the shop's currency.

mod method;

use std::collections::HashMap;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    ids::{ShippingMethodId, ShippingZoneId},
    shipping_method,
    shipping_zone::PostalArea,
};

use self::method::{MethodEntry, change_to, draft_of, entry_of};
use crate::{
    Result, Tx,
    delivery::{
        draft::ZoneDraft,
        methods,
        zones::{self, ZoneChange},
    },
    locations,
    setup::file::{engine::numbered, section::Section},
};

pub(super) struct Zones;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct ZoneEntry {
    name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    countries: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    regions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    postal_codes: Vec<PostalArea>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    methods: Vec<MethodEntry>,
}

#[async_trait]
impl Section for Zones {
    const KEY: &'static str = "zones";
    type Id = ShippingZoneId;
    type Entry = ZoneEntry;

    fn name(entry: &ZoneEntry) -> String {
        entry.name.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(ShippingZoneId, ZoneEntry)>> {
        let rows = zones::list(tx.db(), false).await?;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        let mut methods = methods::of_zones(tx.db(), &ids, false).await?;
        let places = locations::all(tx.db()).await?;
        let names: HashMap<_, _> = places
            .into_iter()
            .map(|location| (location.id, location.name))
            .collect();
        let entry = |row: vitrine_entity::shipping_zone::Model, methods: Vec<shipping_method::Model>| ZoneEntry {
            name: row.name,
            countries: row.countries.0,
            regions: row.regions.0,
            postal_codes: row.postal_codes.0,
            methods: methods.into_iter().map(|method| entry_of(method, &names)).collect(),
        };
        Ok(rows
            .into_iter()
            .map(|row| {
                let own = methods.remove(&row.id).unwrap_or_default();
                (row.id, entry(row, own))
            })
            .collect())
    }

    async fn put(tx: &Tx, current: Option<ShippingZoneId>, entry: &ZoneEntry, prune: bool) -> Result<()> {
        let id = match current {
            Some(id) => {
                let change = ZoneChange {
                    name: Some(entry.name.clone()),
                    countries: Some(entry.countries.clone()),
                    regions: Some(entry.regions.clone()),
                    postal_codes: Some(entry.postal_codes.clone()),
                };
                zones::update_in(tx, id, None, change).await?.id
            }
            None => {
                let draft = ZoneDraft {
                    name: entry.name.clone(),
                    countries: entry.countries.clone(),
                    regions: entry.regions.clone(),
                    postal_codes: entry.postal_codes.clone(),
                    methods: Vec::new(),
                };
                zones::create_in(tx, &draft).await?.id
            }
        };
        put_methods(tx, id, &entry.methods, prune).await
    }

    async fn remove(tx: &Tx, id: ShippingZoneId) -> Result<()> {
        zones::delete_in(tx, id, None).await.map(drop)
    }

    async fn order(tx: &Tx, ids: &[ShippingZoneId]) -> Result<()> {
        zones::reorder_in(tx, ids).await.map(drop)
    }
}

async fn put_methods(tx: &Tx, zone: ShippingZoneId, entries: &[MethodEntry], prune: bool) -> Result<()> {
    let places = locations::all(tx.db()).await?;
    let ids: HashMap<_, _> = places
        .into_iter()
        .map(|location| (location.name, location.id))
        .collect();
    let names = numbered(entries.iter().map(|entry| entry.name.trim().to_owned()));
    let present = methods_of(tx, zone).await?;
    for (entry, name) in entries.iter().zip(&names) {
        let draft = draft_of(entry, tx.context().currency, &ids)?;
        match present.iter().find(|(known, _)| known == name) {
            Some((_, id)) => drop(methods::update_in(tx, *id, None, change_to(draft)).await?),
            None => drop(methods::create_in(tx, zone, &draft).await?),
        }
    }
    for (_, id) in present.iter().filter(|(name, _)| prune && !names.contains(name)) {
        methods::delete_in(tx, *id, None).await?;
    }
    let now = methods_of(tx, zone).await?;
    let place = |name: &String| names.iter().position(|named| named == name).unwrap_or(usize::MAX);
    let mut sorted: Vec<_> = now.iter().map(|(name, id)| (place(name), *id)).collect();
    sorted.sort_by_key(|(place, _)| *place);
    let sorted: Vec<_> = sorted.into_iter().map(|(_, id)| id).collect();
    if !sorted.iter().eq(now.iter().map(|(_, id)| id)) {
        methods::reorder_in(tx, zone, &sorted).await?;
    }
    Ok(())
}

async fn methods_of(tx: &Tx, zone: ShippingZoneId) -> Result<Vec<(String, ShippingMethodId)>> {
    let rows = methods::of_zones(tx.db(), &[zone], false)
        .await?
        .remove(&zone)
        .unwrap_or_default();
    let names = numbered(rows.iter().map(|row| row.name.clone()));
    Ok(names.into_iter().zip(rows.into_iter().map(|row| row.id)).collect())
}
