//! What a menu holds, as it is stored.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use vitrine_entity::{
    ids::{CategoryId, CollectionId, PageId, ProductId},
    menu,
};

use crate::{
    ErrorCode, Fault, Refusal,
    catalog::slug::is_slug,
    content::fields::TITLE_LENGTH_MAX,
    language::{Message, messages},
    text,
};

const ITEMS_MAX: usize = 200;
const DEPTH_MAX: usize = 4;

/// An item as staff write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDraft {
    pub title: String,
    /// Where it leads; nowhere for a heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemDraft>,
}

/// Where an item leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Page(PageId),
    Category(CategoryId),
    Collection(CollectionId),
    Product(ProductId),
    /// A product by its slug, which may not be there yet.
    ProductNamed(String),
    /// `https://…`, or a path within the storefront, as in `/sale`.
    Url(String),
}

/// The items of a menu's row.
///
/// # Errors
/// A fault for a row that should not be.
pub fn items_of(menu: &menu::Model) -> Result<Vec<ItemDraft>, Fault> {
    serde_json::from_value(menu.items.clone()).map_err(|_| Fault::Corrupt {
        table: "menu",
        column: "items",
        id: menu.id.to_string(),
    })
}

/// Items in their normal form, as a row keeps them.
pub(super) fn checked(items: &[ItemDraft]) -> Result<Json, Refusal> {
    let mut left = ITEMS_MAX;
    let items = normal(items, &["items".to_owned()], DEPTH_MAX, &mut left)?;
    Ok(serde_json::json!(items))
}

fn normal(items: &[ItemDraft], path: &[String], depth: usize, left: &mut usize) -> Result<Vec<ItemDraft>, Refusal> {
    let refuse = |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&parts(path));
    if depth == 0 && !items.is_empty() {
        return Err(refuse(messages::menu_depth_max(DEPTH_MAX)));
    }
    *left = left
        .checked_sub(items.len())
        .ok_or_else(|| refuse(messages::menu_items_max(ITEMS_MAX)))?;
    let mut kept = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let at = |field: &str| [path, &[index.to_string(), field.to_owned()]].concat();
        kept.push(ItemDraft {
            title: text::line(&parts(&at("title")), &item.title, TITLE_LENGTH_MAX)?,
            target: match &item.target {
                Some(Target::Url(url)) => Some(Target::Url(address(url, &at("url"))?)),
                Some(Target::ProductNamed(slug)) => Some(Target::ProductNamed(product_slug(slug, &at("product"))?)),
                target => target.clone(),
            },
            items: normal(&item.items, &at("items"), depth - 1, left)?,
        });
    }
    Ok(kept)
}

fn product_slug(slug: &str, path: &[String]) -> Result<String, Refusal> {
    match is_slug(slug) {
        true => Ok(slug.to_owned()),
        false => Err(Refusal::new(ErrorCode::Invalid, messages::product_slug_unknown(slug)).at(&parts(path))),
    }
}

/// An address that a link may lead to: no script, and none of another scheme.
fn address(url: &str, path: &[String]) -> Result<String, Refusal> {
    let url = text::line(&parts(path), url, 2_000)?;
    let within = url.starts_with('/') && !url.starts_with("//") && !url.contains('\\');
    let web = url.starts_with("https://") || url.starts_with("http://");
    let known = within || web || url.starts_with("mailto:") || url.starts_with("tel:");
    match known && !url.contains(char::is_whitespace) {
        true => Ok(url),
        false => Err(Refusal::new(ErrorCode::Invalid, messages::menu_url_form()).at(&parts(path))),
    }
}

fn parts(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str, url: Option<&str>, items: Vec<ItemDraft>) -> ItemDraft {
        let target = url.map(|url| Target::Url(url.to_owned()));
        ItemDraft {
            title: title.to_owned(),
            target,
            items,
        }
    }

    #[test]
    fn a_tree_is_kept_as_it_is() {
        let items = [item(
            " Sale ",
            Some("/sale"),
            vec![item("All", Some("https://shop.example/all"), vec![])],
        )];
        let kept: Vec<ItemDraft> = serde_json::from_value(checked(&items).unwrap()).unwrap();
        assert_eq!(kept, [item("Sale", Some("/sale"), items[0].items.clone())]);
    }

    #[test]
    fn what_is_wrong_is_told_where_it_is() {
        let deep = (0..DEPTH_MAX).fold(item("leaf", None, vec![]), |below, _| item("branch", None, vec![below]));
        let field = |items: &[ItemDraft]| checked(items).unwrap_err().field.join(".");
        assert_eq!(field(&[deep]), "items.0.items.0.items.0.items.0.items");
        assert_eq!(field(&vec![item("a", None, vec![]); ITEMS_MAX + 1]), "items");
        assert_eq!(
            field(&[item("a", None, vec![item("", None, vec![])])]),
            "items.0.items.0.title"
        );
        for url in [
            "javascript:alert(1)",
            "//evil.example",
            "/\\evil.example",
            "data:text/html,x",
            "shop",
            "/a b",
        ] {
            assert_eq!(field(&[item("a", Some(url), vec![])]), "items.0.url", "{url}");
        }
    }
}
