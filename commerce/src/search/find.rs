//! A search for products.

use std::{sync::Arc, time::Duration};

use vitrine_entity::{product, product::ProductStatus};

use super::{answers::Answers, counts, looser, members::OwnGoods, placing, rules::Curation, sources};
use crate::{
    Context, Error, ErrorCode, Fault, Refusal, Result, Shop,
    catalog::{attributes, list, load, sold_there, synonyms},
    language::{Message, messages},
    ports::search::{Facet, SearchError, SearchFilter, SearchRequest, SearchResponse, Synonyms},
    shown,
    words::{
        analysis::{self, Analysis},
        folded, term,
    },
};

/// How long a shopper waits for the engine before the database answers instead.
const ENGINE_TIMEOUT: Duration = Duration::from_millis(1_500);

const LIMIT_MAX: usize = 100;
const OFFSET_MAX: usize = 10_000;

/// What was found.
#[derive(Debug, Clone)]
pub struct ProductSearch {
    pub products: Vec<product::Model>,
    /// How many match in all.
    pub total: usize,
    /// Each counted as if nothing were selected in it.
    pub facets: Vec<Facet>,
    /// The least and the greatest price of what is found when no price is asked for.
    pub prices_minor: Option<(i64, i64)>,
    /// The database answered, because the engine was out of reach, or whoever asks is sold more goods of their own than are
    /// named to an engine: no ranking, no tolerance for typing errors, no facets.
    pub degraded: bool,
}

/// Searches among active products, and counts the search. Of the text, the first sixteen words (and 256
/// characters) count.
///
/// # Errors
/// Refuses a text of more than a thousand characters, and a page or filter out of bounds. An
/// engine that is down is no error.
pub async fn search(shop: &Shop, context: &Context, request: &SearchRequest) -> Result<ProductSearch> {
    let found = find(shop, context, request).await?;
    let narrowed = SearchFilter {
        in_stock: None,
        ..request.filter.clone()
    };
    // A further page, and a search that was narrowed down, are the same search again; the database finds less.
    if request.offset == 0 && narrowed == SearchFilter::default() && !found.degraded {
        let text = list::words(&request.text)?.join(" ");
        shop.tally().count(shop.today(), &text, &context.locale, found.total);
        shown::searched(&text, &context.locale, found.total);
    }
    Ok(found)
}

/// Counts a search whose answer was kept.
pub fn count_again(shop: &Shop, text: &str, language: &str, found: usize) {
    shop.tally().count(shop.today(), text, language, found);
}

/// As [`search`], and is not counted.
pub(super) async fn find(shop: &Shop, context: &Context, request: &SearchRequest) -> Result<ProductSearch> {
    let mut request = SearchRequest {
        language: language(shop, context),
        spoken: Some(analysis::normal_tag(&spoken(shop, context))),
        currency: (context.shown != context.currency).then_some(context.shown),
        ..check(request)?
    };
    request.bound = bound(shop, &request).await?;
    let curation = &Curation::of(shop, context, &request).await?;
    if let Some(goods) = sold_there::restriction(shop, context) {
        request.filter.held_by = goods.only_collections;
        request.filter.not_held_by = goods.without_collections;
        request.filter.except.extend(goods.without_products);
    }
    match answers(shop, context).await? {
        Some(answers) => ask(shop, context, answers, &request, curation).await,
        None => from_database(shop, context, &request, curation).await,
    }
}

/// In which language somebody searches: those who work here read what stands in the shop's own.
fn spoken(shop: &Shop, context: &Context) -> Arc<str> {
    match context.viewer.works_here() {
        true => shop.profile().language(),
        false => context.locale.clone(),
    }
}

/// The keys of the terms of a text that have synonyms in its language alone.
async fn bound(shop: &Shop, request: &SearchRequest) -> Result<Vec<String>> {
    let Some(tag) = request
        .spoken
        .as_deref()
        .filter(|_| shop.profile().has_language_synonyms)
    else {
        return Ok(Vec::new());
    };
    let words = match request.language {
        Some(language) => language.forms(&request.text),
        None => folded(&request.text),
    };
    match words.is_empty() {
        true => Ok(Vec::new()),
        false => synonyms::bound_in(shop, tag, &words).await,
    }
}

/// How words are compared in the language of a search.
fn language(shop: &Shop, context: &Context) -> Option<&'static Analysis> {
    let profile = shop.profile();
    let asked = Analysis::of(&spoken(shop, context))?;
    let known = Analysis::of_shop(profile.languages.iter().map(AsRef::as_ref));
    known.contains(&asked).then_some(asked)
}

/// Who answers while the engine is there; nobody but the database where an engine cannot be told what somebody is sold.
async fn answers<'a>(shop: &'a Shop, context: &'a Context) -> Result<Option<Answers<'a>>> {
    let terms = &context.terms;
    if !terms.changes_goods() && !terms.has_prices(context.shown) {
        return Ok(Some(Answers::Engine(shop)));
    }
    let own = OwnGoods::of(shop, context).await?;
    Ok(own.map(|own| Answers::Members(shop, context, own)))
}

async fn ask(
    shop: &Shop,
    context: &Context,
    answers: Answers<'_>,
    request: &SearchRequest,
    curation: &Curation,
) -> Result<ProductSearch> {
    match tokio::time::timeout(ENGINE_TIMEOUT, answer(&answers, request, curation)).await {
        Ok(Ok(found)) => show(shop, context, found, false).await,
        Ok(Err(Error::Fault(Fault::Search(error)))) => degrade(shop, context, request, curation, error).await,
        Ok(Err(other)) => Err(other),
        Err(elapsed) => {
            let error = SearchError::Unavailable(elapsed.into());
            degrade(shop, context, request, curation, error).await
        }
    }
}

fn check(request: &SearchRequest) -> Result<SearchRequest, Refusal> {
    let out_of_bounds = |field: &str, message: Message| Refusal::new(ErrorCode::Invalid, message).at(&[field]);
    if !(1..=LIMIT_MAX).contains(&request.limit) {
        return Err(out_of_bounds("first", messages::search_first_range(LIMIT_MAX)));
    }
    if request.offset > OFFSET_MAX {
        return Err(out_of_bounds("after", messages::search_depth_max(OFFSET_MAX)));
    }
    let text = list::words(&request.text)?.join(" ");
    list::check(&sources::filter(request, &Synonyms::new()))?;
    Ok(SearchRequest {
        text,
        ..request.clone()
    })
}

async fn answer(answers: &Answers<'_>, request: &SearchRequest, curation: &Curation) -> Result<SearchResponse> {
    let strict = placing::page(answers, request, curation).await?;
    let looser = match strict.total {
        0 => looser::find(answers, request, curation).await?,
        _ => None,
    };
    let (request, mut found) = match &looser {
        Some((request, found)) => (request, found.clone()),
        None => (request, strict),
    };
    if request.facets {
        counts::open_up(answers, request, curation, &mut found).await?;
    }
    Ok(found)
}

/// The hits as the database has them, without those that are not sold any more: the index lags
/// behind by a moment.
async fn show(shop: &Shop, context: &Context, found: SearchResponse, degraded: bool) -> Result<ProductSearch> {
    let mut rows = load::products(shop, &found.hits).await?;
    // The database has asked which drafts are sold to whoever searches.
    let is_sold = |status| match status {
        ProductStatus::Active => true,
        ProductStatus::Draft => context.terms.changes_goods(),
        ProductStatus::Archived => false,
    };
    rows.retain(|_, product| is_sold(product.status) && product.deleted_at.is_none());
    let products = found.hits.iter().filter_map(|id| rows.remove(id)).collect();
    let products = sold_there::of_those(shop, context, products).await?;
    let facets = match found.facets.is_empty() {
        true => Vec::new(),
        false => attributes::arrange(found.facets, &attributes::read(&shop.db, false).await?),
    };
    Ok(ProductSearch {
        products,
        total: found.total,
        facets,
        prices_minor: found.prices_minor,
        degraded,
    })
}

async fn degrade(
    shop: &Shop,
    context: &Context,
    request: &SearchRequest,
    curation: &Curation,
    error: SearchError,
) -> Result<ProductSearch> {
    tracing::warn!(
        error = &error as &dyn std::error::Error,
        "the search degrades to the database"
    );
    from_database(shop, context, request, curation).await
}

async fn from_database(
    shop: &Shop,
    context: &Context,
    request: &SearchRequest,
    curation: &Curation,
) -> Result<ProductSearch> {
    shown::search_ran();
    let synonyms = match term(&request.text).is_empty() {
        true => Synonyms::new(),
        false => synonyms::in_searches(shop, request.spoken.as_deref()).await?,
    };
    let answers = Answers::Database(shop, context, synonyms);
    show(shop, context, answer(&answers, request, curation).await?, true).await
}
