//! Zones, shipping methods, places to pick up and tax rates, kept in memory for whoever prices carts.

use std::{collections::HashMap, sync::Arc};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use vitrine_entity::{currency::Currency, ids::LocationId, location, shipping_method, shipping_zone, tax_rate};

use super::{
    convert::priced_in,
    place::Destination,
    shipping::{pickups, reaching, zones_with_methods},
    tax::TaxRates,
};
use crate::{Result, Shop, profile::Profile, reader::on_primary};

/// How the shop delivers, and what it taxes.
#[derive(Debug)]
pub(crate) struct KeptDelivery {
    zones: Vec<shipping_zone::Model>,
    /// The active ones, in display order.
    methods: Vec<shipping_method::Model>,
    /// Where goods may be picked up.
    locations: HashMap<LocationId, location::Model>,
    rates: HashMap<String, Vec<tax_rate::Model>>,
}

impl KeptDelivery {
    /// As of a revision that was read before.
    pub(crate) async fn at(shop: &Shop, db: &impl ConnectionTrait, revision: &str) -> Result<Arc<Self>> {
        if let Some(kept) = shop.by_revision().find(revision) {
            return Ok(kept);
        }
        let read = Arc::new(on_primary(Self::read(db)).await?);
        shop.by_revision().keep(revision, &read);
        Ok(read)
    }

    async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let (zones, methods) = zones_with_methods(db, None).await?;
        let locations = location::Entity::find()
            .filter(location::Column::Pickup.eq(true))
            .filter(location::Column::Address.is_not_null())
            .filter(location::Column::DeletedAt.is_null())
            .all(db)
            .await?;
        let all_rates = tax_rate::Entity::find()
            .filter(tax_rate::Column::DeletedAt.is_null())
            .all(db)
            .await?;
        let mut rates: HashMap<_, Vec<_>> = HashMap::new();
        for rate in all_rates {
            rates.entry(rate.country.clone()).or_default().push(rate);
        }
        Ok(Self {
            zones,
            methods,
            locations: locations.into_iter().map(|row| (row.id, row)).collect(),
            rates,
        })
    }

    /// The active methods that reach `to`, priced in `currency`, in display order. Where nobody said where the goods are to
    /// go, the ways to pick them up.
    pub(crate) fn methods_for(
        &self,
        profile: &Profile,
        currency: Currency,
        to: Option<&Destination>,
    ) -> Vec<shipping_method::Model> {
        let methods = priced_in(&self.methods, currency, profile);
        let methods = methods.iter().map(|method| &**method);
        // Goods would wait there where nobody may pick them up any more, or of which nobody knows where it is.
        let open = methods.filter(|method| method.location_id.is_none_or(|id| self.locations.contains_key(&id)));
        match to {
            Some(to) => reaching(&self.zones, open, to).cloned().collect(),
            None => pickups(open),
        }
    }

    /// Where goods may be picked up.
    pub(crate) fn location(&self, id: LocationId) -> Option<&location::Model> {
        self.locations.get(&id)
    }

    /// The tax rates at `to`.
    pub(crate) fn rates_at(&self, to: &Destination) -> TaxRates {
        TaxRates::new(self.rates.get(&to.country).cloned().unwrap_or_default(), to)
    }
}
