use std::collections::HashMap;

use async_graphql::{Context, Object};
use futures::future::try_join_all;
use serde::{Deserialize, Serialize};
use vitrine_commerce::{
    ErrorCode, Refusal,
    catalog::{categories, collections},
    paging::{Page, Window, write_cursor},
    ports::search::SearchRequest,
    search::{self, suggest::suggest},
    translations::Thing,
};

use super::{
    connection::{Found, ProductSearchConnection, SearchPriceRange},
    facet::{Facet, FacetKind},
    sort::ProductSearchSort,
    suggestions::SearchSuggestions,
};
use crate::graphql::{
    product::{filter::ProductWhere, object::Product},
    shared::{ContextExt, Money, Result, cost, page, words},
};

#[derive(Debug, Default)]
pub struct SearchQuery;

/// Where a hit stands.
#[derive(Debug, Serialize, Deserialize)]
struct Position {
    hit: usize,
}

#[Object]
impl SearchQuery {
    /// Finds products by what a shopper typed, typing errors forgiven, with facets to narrow the
    /// search down. The text is literal: it has no operators. A word that is nowhere does not hide
    /// what the others find. Only what is sold is found.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn product_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the shopper typed. Without it, everything is found.")] query: Option<String>,
        #[graphql(name = "where", desc = "Which products; a facet's value brings one.")] filter: Option<ProductWhere>,
        #[graphql(desc = "The order of the hits.", default)] sort: ProductSearchSort,
        #[graphql(desc = "How many hits after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many hits before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<ProductSearchConnection>> {
        let (offset, limit) = span(&page(first, after, last, before).window()?)?;
        let filter = filter.unwrap_or_default().own(ctx).await?;
        let facets = ctx.look_ahead().field("facets").exists();
        let counted = facets || ctx.look_ahead().field("priceRange").exists();
        let request = SearchRequest {
            text: query.unwrap_or_default(),
            filter: filter.search_filter(ctx).await?,
            sort: sort.into(),
            offset,
            limit,
            facets: counted,
            ..SearchRequest::default()
        };
        let found = search::search(ctx.shop(), ctx.caller(), &request).await?;
        let names = names(ctx, facets).await?;
        let label = |kind: FacetKind, slug: &str| names.get(&(kind == FacetKind::Collection, slug.to_owned())).cloned();
        let shown = found.facets.into_iter().map(|facet| Facet::show(facet, &filter, label));
        let mut facets: Vec<_> = shown.collect();
        try_join_all(facets.iter_mut().map(|facet| facet.translate(ctx))).await?;
        let context = Found {
            total: found.total,
            facets,
            price_range: found.prices_minor.map(|(min, max)| SearchPriceRange {
                min: Money::new(min, ctx.caller().shown),
                max: Money::new(max, ctx.caller().shown),
            }),
            degraded: found.degraded,
        };
        Ok(Some(ProductSearchConnection::of(
            show(&request, found.total, found.products),
            context,
        )))
    }

    /// What to offer while somebody types a search: whole searches, products, categories and collections. Typing
    /// errors are forgiven. Ask a moment after each letter; it is not counted as a search.
    #[graphql(complexity = "cost(Some(first), None, child_complexity) + 5")]
    async fn search_suggest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was typed so far. Its last word may be unfinished.")] query: String,
        #[graphql(desc = "How many of each kind, 1 to 20.", default = 5)] first: i32,
    ) -> Result<Option<SearchSuggestions>> {
        let found = suggest(ctx.shop(), ctx.caller(), &query, first).await?;
        Ok(Some(found.into()))
    }
}

/// From which hit on a page goes, and for how many. Where it would begin before the first hit it is a shorter one.
fn span(window: &Window<Position>) -> std::result::Result<(usize, usize), Refusal> {
    let limit = usize::try_from(window.limit).unwrap_or(usize::MAX);
    match &window.cursor {
        None if window.backward => Err(invalid("`last` needs `before`.", "before")),
        Some(next) if window.backward && next.hit == 0 => Err(invalid("Nothing is before the first hit.", "before")),
        Some(next) if window.backward => {
            let offset = next.hit.saturating_sub(limit);
            Ok((offset, next.hit - offset))
        }
        Some(last) => Ok((last.hit.saturating_add(1), limit)),
        None => Ok((0, limit)),
    }
}

fn invalid(message: &str, field: &str) -> Refusal {
    Refusal::new(ErrorCode::Invalid, message).at(&[field])
}

fn show(request: &SearchRequest, total: usize, products: Vec<vitrine_entity::product::Model>) -> Page<Product> {
    let cursor = |index: usize| {
        write_cursor(&Position {
            hit: request.offset + index,
        })
    };
    // A hit that is no longer sold leaves a gap: the page's last place is its own, not its last hit's.
    let last = products.len().saturating_sub(1);
    let place = |index: usize| {
        if index == last {
            (request.limit.min(total.saturating_sub(request.offset))).max(1) - 1
        } else {
            index
        }
    };
    Page {
        has_next: request.offset.saturating_add(request.limit) < total,
        has_previous: request.offset > 0,
        rows: products
            .into_iter()
            .enumerate()
            .map(|(index, row)| (cursor(place(index)), Product(row)))
            .collect(),
    }
}

/// What categories and, with `true` in their key, collections are called, by their slugs.
async fn names(ctx: &Context<'_>, facets: bool) -> Result<HashMap<(bool, String), String>> {
    if !facets {
        return Ok(HashMap::new());
    }
    let categories = categories::all(ctx.shop()).await?.into_iter();
    let collections = collections::all(ctx.shop(), ctx.caller()).await?.into_iter();
    let named = categories.map(|row| ((false, row.slug), Thing::from(row.id), "name", row.name));
    let titled = collections.map(|row| ((true, row.slug), Thing::from(row.id), "title", row.title));
    let shown = named.chain(titled).map(|(key, thing, field, own)| async move {
        let text = words::text(ctx, thing, field, &own).await?;
        Result::Ok((key, text))
    });
    let names = try_join_all(shown).await?;
    Ok(names.into_iter().collect())
}
