//! What catalogs say, asked for many at once.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;
use vitrine_commerce::{
    cart::members::{self, MemberPrice, MemberRange},
    pricing::QuantityPrice,
    trade::{self, catalogs},
};
use vitrine_entity::{
    company, customer_group,
    ids::{CatalogId, ProductId, VariantId},
};

use crate::graphql::shared::{Batch, LoadError, questions};

questions! {
    /// Unscoped: whoever shows them has asked for the catalog.
    GroupsOfCatalog(CatalogId) -> Vec<customer_group::Model> = catalogs::groups_of;
    /// Unscoped: whoever shows them has asked for the catalog.
    CompaniesOfCatalog(CatalogId) -> Vec<company::Model> = catalogs::companies_of;
    /// What everybody pays.
    QuantityPricesOfVariant(VariantId, in currency) -> Vec<QuantityPrice> = trade::quantity_prices_of, alone;
}

/// What a variant costs whoever asks, who has catalogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MemberPriceOfVariant(pub VariantId);

impl Loader<MemberPriceOfVariant> for Batch {
    type Value = MemberPrice;
    type Error = LoadError;

    async fn load(
        &self,
        keys: &[MemberPriceOfVariant],
    ) -> Result<HashMap<MemberPriceOfVariant, MemberPrice>, LoadError> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = members::prices(&self.shop, &self.caller, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, price)| (MemberPriceOfVariant(id), price))
            .collect())
    }
}

/// From the cheapest to the dearest variant of a product, for whoever asks, who has catalogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MemberRangeOfProduct(pub ProductId);

impl Loader<MemberRangeOfProduct> for Batch {
    type Value = MemberRange;
    type Error = LoadError;

    async fn load(
        &self,
        keys: &[MemberRangeOfProduct],
    ) -> Result<HashMap<MemberRangeOfProduct, MemberRange>, LoadError> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = members::ranges(&self.shop, &self.caller, &ids).await?;
        Ok(found
            .into_iter()
            .map(|(id, range)| (MemberRangeOfProduct(id), range))
            .collect())
    }
}
