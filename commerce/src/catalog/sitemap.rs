//! What search engines of the web should know of: everything that shoppers see at an address of its own.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;
use vitrine_entity::{category, collection, product, product::ProductStatus, product_listing, slug_redirect::SlugKind};

use super::addresses::address;
use crate::{
    Context, Result, Shop,
    translations::{self, Thing},
};

/// How many things' slugs are read by one statement.
const SLUGS_AT_ONCE: usize = 1_000;

/// By thing, and then by language.
type Slugs = HashMap<Thing, BTreeMap<String, String>>;

/// How many addresses a page has. The protocol allows 50,000; this is a page of one to two megabytes.
pub const ADDRESSES_MAX: u64 = 10_000;

/// An address, and when what is there was last edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub url: String,
    pub updated_at: Option<DateTime<Utc>>,
    /// Where it is in each of the shop's languages, its own first; none where it has one.
    pub alternates: Vec<(Arc<str>, String)>,
}

/// How many pages there are of a kind; none where the shop does not say how its addresses look.
pub async fn pages(shop: &Shop, kind: SlugKind) -> Result<u64> {
    if address(shop, kind, "").is_none() {
        return Ok(0);
    }
    let count = match kind {
        SlugKind::Product => products(shop).count(&shop.db).await?,
        SlugKind::Category => categories().count(&shop.db).await?,
        SlugKind::Collection => collections().count(&shop.db).await?,
    };
    Ok(count.div_ceil(ADDRESSES_MAX))
}

/// A page of a kind, from 1.
pub async fn page(shop: &Shop, kind: SlugKind, number: u64) -> Result<Vec<Address>> {
    let offset = number.saturating_sub(1).saturating_mul(ADDRESSES_MAX);
    let rows: Vec<(Uuid, String, Option<DateTime<Utc>>)> = match kind {
        SlugKind::Product => {
            let page = products(shop)
                .order_by_asc(product::Column::Id)
                .offset(offset)
                .limit(ADDRESSES_MAX);
            let page = page
                .select_only()
                .column(product::Column::Id)
                .column(product::Column::Slug)
                .column(product::Column::UpdatedAt);
            page.into_tuple().all(&shop.db).await?
        }
        SlugKind::Category => {
            let page = categories()
                .order_by_asc(category::Column::Id)
                .offset(offset)
                .limit(ADDRESSES_MAX);
            let page = page
                .select_only()
                .column(category::Column::Id)
                .column(category::Column::Slug)
                .column(category::Column::UpdatedAt);
            page.into_tuple().all(&shop.db).await?
        }
        SlugKind::Collection => {
            let page = collections()
                .order_by_asc(collection::Column::Id)
                .offset(offset)
                .limit(ADDRESSES_MAX);
            let page = page
                .select_only()
                .column(collection::Column::Id)
                .column(collection::Column::Slug)
                .column(collection::Column::UpdatedAt);
            page.into_tuple().all(&shop.db).await?
        }
    };
    let slugs = slugs_in_languages(shop, kind, rows.iter().map(|(id, ..)| *id)).await?;
    let shown = |(id, slug, updated_at): (Uuid, String, _)| {
        Some(Address {
            url: address(shop, kind, &slug)?,
            updated_at,
            alternates: alternates(shop, kind, &slug, slugs.get(&thing(kind, id))),
        })
    };
    Ok(rows.into_iter().filter_map(shown).collect())
}

/// Nothing is read where the shop has one language.
async fn slugs_in_languages(shop: &Shop, kind: SlugKind, ids: impl Iterator<Item = Uuid>) -> Result<Slugs> {
    let mut slugs = Slugs::new();
    if shop.profile().languages.len() > 1 {
        let things: Vec<_> = ids.map(|id| thing(kind, id)).collect();
        for things in things.chunks(SLUGS_AT_ONCE) {
            slugs.extend(translations::slugs_of(&shop.db, things).await?);
        }
    }
    Ok(slugs)
}

fn alternates(
    shop: &Shop,
    kind: SlugKind,
    own: &str,
    slugs: Option<&BTreeMap<String, String>>,
) -> Vec<(Arc<str>, String)> {
    let languages = &shop.profile().languages;
    if languages.len() < 2 {
        return Vec::new();
    }
    let alternate = |(place, language): (usize, &Arc<str>)| {
        let slug = slugs.and_then(|slugs| slugs.get(&**language)).filter(|_| place > 0);
        let url = address(shop, kind, slug.map_or(own, String::as_str))?;
        // A page is read in the browser's language, unless its address says otherwise.
        let joint = if url.contains('?') { '&' } else { '?' };
        Some((Arc::clone(language), format!("{url}{joint}language={language}")))
    };
    languages.iter().enumerate().filter_map(alternate).collect()
}

fn thing(kind: SlugKind, id: Uuid) -> Thing {
    match kind {
        SlugKind::Product => Thing::Product(id.into()),
        SlugKind::Category => Thing::Category(id.into()),
        SlugKind::Collection => Thing::Collection(id.into()),
    }
}

fn products(shop: &Shop) -> Select<product::Entity> {
    let currency = Context::system(shop, "sitemap").currency;
    let listing = |column| Expr::col((product_listing::Entity, column));
    let listed = listing(product_listing::Column::ProductId)
        .equals((product::Entity, product::Column::Id))
        .and(listing(product_listing::Column::Currency).eq(currency));
    let mut query = product::Entity::find().filter(product::Column::Status.eq(ProductStatus::Active));
    QuerySelect::query(&mut query).join(JoinType::InnerJoin, product_listing::Entity, listed);
    query
}

fn categories() -> Select<category::Entity> {
    category::Entity::find().filter(category::Column::DeletedAt.is_null())
}

fn collections() -> Select<collection::Entity> {
    collection::Entity::find()
        .filter(collection::Column::DeletedAt.is_null())
        .filter(collection::Column::Published.eq(true))
}
