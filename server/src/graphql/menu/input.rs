use async_graphql::{ID, InputObject};
use vitrine_commerce::{
    ErrorCode, Refusal,
    content::menu::{ItemDraft, Target},
};
use vitrine_entity::ids::{CategoryId, CollectionId, PageId, ProductId};

use crate::ids;

/// A link, as it should be. It leads to one thing at most: an object of the shop, or an address. One
/// that leads nowhere is a heading.
#[derive(Debug, Clone, InputObject)]
pub struct MenuItemInput {
    /// What it says.
    pub title: String,
    /// The page, category, collection or product that it leads to.
    pub target_id: Option<ID>,
    /// The address that it leads to: `https://…`, `mailto:…`, `tel:…`, or a path within the storefront, as
    /// in `/sale`.
    pub url: Option<String>,
    /// The slug of a product that it leads to and that need not be there yet.
    pub product_slug: Option<String>,
    /// The links below it, at most three more within each other.
    pub items: Option<Vec<MenuItemInput>>,
}

/// Items deeper than any menu are refused before they are read.
const DEPTH_MAX: usize = 8;

/// Reads items of the input.
///
/// # Errors
/// Where one leads to two things, or to what no menu leads to.
pub fn drafts(items: Vec<MenuItemInput>) -> Result<Vec<ItemDraft>, Refusal> {
    read(items, &["items".to_owned()], DEPTH_MAX)
}

fn read(items: Vec<MenuItemInput>, path: &[String], depth: usize) -> Result<Vec<ItemDraft>, Refusal> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(refusal("Items lie too deep within each other.", path));
    };
    let draft = |(index, item): (usize, MenuItemInput)| {
        let at = |field: &str| [path, &[index.to_string(), field.to_owned()]].concat();
        Ok(ItemDraft {
            title: item.title,
            target: target(item.target_id, item.url, item.product_slug, &at("targetId"))?,
            items: read(item.items.unwrap_or_default(), &at("items"), depth)?,
        })
    };
    items.into_iter().enumerate().map(draft).collect()
}

fn target(
    id: Option<ID>,
    url: Option<String>,
    product_slug: Option<String>,
    path: &[String],
) -> Result<Option<Target>, Refusal> {
    match (id, url, product_slug) {
        (None, None, None) => Ok(None),
        (None, Some(url), None) => Ok(Some(Target::Url(url))),
        (None, None, Some(slug)) => Ok(Some(Target::ProductNamed(slug))),
        (Some(id), None, None) => object(&id).map(Some).ok_or_else(|| {
            refusal(
                "`targetId` must be the id of a page, a category, a collection or a product.",
                path,
            )
        }),
        _ => Err(refusal("Give one of `targetId`, `url` and `productSlug` alone.", path)),
    }
}

fn object(id: &str) -> Option<Target> {
    let kind = id.split_once('_').map_or("", |(kind, _)| kind);
    match kind {
        PageId::PREFIX => ids::find(id).map(Target::Page),
        CategoryId::PREFIX => ids::find(id).map(Target::Category),
        CollectionId::PREFIX => ids::find(id).map(Target::Collection),
        ProductId::PREFIX => ids::find(id).map(Target::Product),
        _ => None,
    }
}

fn refusal(message: &str, path: &[String]) -> Refusal {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    Refusal::new(ErrorCode::Invalid, message).at(&path)
}
