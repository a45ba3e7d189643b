//! What somebody is sold by their catalogs and an index has not: drafts, and what has no price but there. The engine is told
//! which of its goods they are sold, and the database finds among the others.

use std::collections::HashSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, sea_query::SelectStatement};
use vitrine_entity::{catalog_product, ids::ProductId, product, product::ProductStatus};

use super::super::sources;
use crate::{
    Context, Result, Shop,
    catalog::{
        list::{self, ProductFilter},
        synonyms,
    },
    ports::search::{HITS_MAX, SearchFilter, SearchRequest, Synonyms},
    terms::Terms,
};

/// What somebody is sold otherwise than everybody.
#[derive(Debug, Default)]
pub(in crate::search) struct OwnGoods {
    /// Nothing but these, of what everybody is sold.
    listed: Option<Vec<ProductId>>,
    /// What no index has.
    beyond: Vec<ProductId>,
}

impl OwnGoods {
    /// `None` where there are more than are named to an engine at once.
    pub(in crate::search) async fn of(shop: &Shop, context: &Context) -> Result<Option<Self>> {
        let terms = &context.terms;
        let listed = match terms.sells_listed_only() {
            true => Some(named(shop, listed_in(terms)).await?),
            false => None,
        };
        let mut beyond = match terms.names_products {
            true => named(shop, drafts_of(terms)).await?,
            false => Vec::new(),
        };
        if terms.sells_unlisted(context.shown) {
            beyond.extend(list::unlisted(shop, context, HITS_MAX as u64 + 1).await?);
            beyond.sort_unstable();
            beyond.dedup();
        }
        let fits = beyond.len() <= HITS_MAX && listed.as_ref().is_none_or(|listed| listed.len() <= HITS_MAX);
        Ok(fits.then_some(Self { listed, beyond }))
    }

    pub(super) fn is_beyond(&self) -> bool {
        !self.beyond.is_empty()
    }

    /// The same of what the engine has and they are sold; `None` where that is nothing.
    pub(super) fn within(&self, request: &SearchRequest) -> Option<SearchRequest> {
        let only = match &self.listed {
            None => request.filter.only.clone(),
            Some(listed) => Some(among(listed, request)),
        };
        if only.as_ref().is_some_and(Vec::is_empty) {
            return None;
        }
        Some(SearchRequest {
            filter: SearchFilter {
                only,
                ..request.filter.clone()
            },
            ..request.clone()
        })
    }

    /// What the database finds of the goods that the engine has not, all of it, in the order asked for.
    pub(super) async fn find(&self, shop: &Shop, context: &Context, request: &SearchRequest) -> Result<Vec<ProductId>> {
        let only = among(&self.beyond, request);
        if only.is_empty() {
            return Ok(Vec::new());
        }
        let synonyms = match request.text.is_empty() {
            true => Synonyms::new(),
            false => synonyms::in_searches(shop, request.spoken.as_deref()).await?,
        };
        let filter = ProductFilter {
            only: Some(only),
            ..sources::filter(request, &synonyms)
        };
        let sort = sources::sort(request.sort);
        let rows = list::by_offset(shop, context, &filter, sort, 0, HITS_MAX as u64).await?;
        Ok(rows.into_iter().map(|product| product.id).collect())
    }
}

/// Those of `goods` that a request is about.
fn among(goods: &[ProductId], request: &SearchRequest) -> Vec<ProductId> {
    match &request.filter.only {
        None => goods.to_vec(),
        Some(only) => {
            let goods: HashSet<_> = goods.iter().collect();
            only.iter().filter(|id| goods.contains(id)).copied().collect()
        }
    }
}

fn listed_in(terms: &Terms) -> SelectStatement {
    catalog_product::Entity::find()
        .select_only()
        .column(catalog_product::Column::ProductId)
        .filter(catalog_product::Column::CatalogId.is_in(terms.ids()))
        .into_query()
}

fn drafts_of(terms: &Terms) -> SelectStatement {
    let exclusive = catalog_product::Entity::find()
        .select_only()
        .column(catalog_product::Column::ProductId)
        .filter(catalog_product::Column::CatalogId.is_in(terms.ids()))
        .filter(catalog_product::Column::Exclusive.eq(true));
    product::Entity::find()
        .select_only()
        .column_as(product::Column::Id, "product_id")
        .filter(product::Column::Status.eq(ProductStatus::Draft))
        .filter(product::Column::Id.in_subquery(exclusive.into_query()))
        .into_query()
}

/// One more at most than an engine is given.
async fn named(shop: &Shop, mut query: SelectStatement) -> Result<Vec<ProductId>> {
    query.distinct().limit(HITS_MAX as u64 + 1);
    list::ids_in(shop, &query).await
}
