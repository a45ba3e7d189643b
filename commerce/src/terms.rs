//! By which catalogs somebody buys.

use vitrine_entity::{
    catalog::{self, CatalogGoods},
    currency::Currency,
    ids::CatalogId,
};

/// The catalogs that are theirs, in the order in which they were made. Whoever has none buys as everybody does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    pub catalogs: Vec<catalog::Model>,
    /// Whether products stand in any of them.
    pub names_products: bool,
    /// Whether any of them may give a price to what has none otherwise.
    pub has_unlisted: bool,
}

impl Terms {
    pub fn is_empty(&self) -> bool {
        self.catalogs.is_empty()
    }

    /// Those whose prices count in a currency.
    pub fn in_currency(&self, currency: Currency) -> impl Iterator<Item = &catalog::Model> {
        let counts = move |catalog: &&catalog::Model| catalog.currency.is_none_or(|own| own == currency);
        self.catalogs.iter().filter(counts)
    }

    /// Whether they pay other prices than everybody in a currency.
    pub fn has_prices(&self, currency: Currency) -> bool {
        self.in_currency(currency).next().is_some()
    }

    /// Whether they may be sold what has no price in a currency but in their catalogs, and is in no list of everybody's.
    pub fn sells_unlisted(&self, currency: Currency) -> bool {
        self.has_unlisted && self.has_prices(currency)
    }

    /// Whether they are shown prices without the tax.
    pub fn shows_net_prices(&self, currency: Currency) -> bool {
        self.in_currency(currency).any(|catalog| catalog.net_prices)
    }

    /// Whether they are sold nothing but what stands in their catalogs.
    pub fn sells_listed_only(&self) -> bool {
        !self.is_empty()
            && self
                .catalogs
                .iter()
                .all(|catalog| catalog.goods == CatalogGoods::Listed)
    }

    /// Whether they are sold other goods than everybody.
    pub fn changes_goods(&self) -> bool {
        self.names_products || self.sells_listed_only()
    }

    pub fn ids(&self) -> impl Iterator<Item = CatalogId> + '_ {
        self.catalogs.iter().map(|catalog| catalog.id)
    }
}
