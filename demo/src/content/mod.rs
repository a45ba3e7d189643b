//! What the demo shop says of itself: a page, the policies that orders are placed under, and the menu at each page's foot.

use std::collections::BTreeMap;

use serde::Deserialize;
use vitrine_commerce::{
    Context, Result, Shop, Tx,
    content::{
        menu::{self, ItemDraft, NewMenu, Target},
        page::{self, NewPage, PageFilter},
    },
    paging::PageRequest,
    translations::{self, value_field},
};
use vitrine_entity::page::PageKind;

use crate::languages::{set, spoken};

/// What `content.toml` holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    about: About,
    policies: Vec<Policy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    title: String,
    body: String,
    /// By language.
    texts: BTreeMap<String, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Policy {
    kind: Kind,
    handle: String,
    title: String,
    body: String,
    /// By language.
    texts: BTreeMap<String, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    title: String,
    body: String,
}

/// The kinds of policies, as rows have them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    Imprint,
    Privacy,
    Shipping,
    Terms,
    Withdrawal,
}

/// What the page about the shop is called in addresses.
const ABOUT: &str = "about";

/// The menu that the storefront has at its foot.
const FOOTER: &str = "footer";

fn content() -> Content {
    toml::from_str(include_str!("content.toml")).expect("a test reads the embedded file")
}

/// Writes the demo's pages, unless the shop has any, or had.
///
/// # Errors
/// Where one is refused, which is a fault of ours.
pub async fn open_pages(shop: &Shop) -> Result<()> {
    let context = &Context::system(shop, "demo");
    for deleted in [false, true] {
        let filter = PageFilter {
            deleted,
            ..PageFilter::default()
        };
        let found = page::list(shop, context, filter, &PageRequest::first(1)).await?;
        if !found.rows.is_empty() || !menu::all(shop, deleted).await?.is_empty() {
            return Ok(());
        }
    }
    let content = &content();
    shop.transact(context, |tx| async move { write(&tx, content).await })
        .await
}

async fn write(tx: &Tx, content: &Content) -> Result<()> {
    let about = &content.about;
    let mut texts = Vec::new();
    let row = page::create_in(tx, &new(PageKind::Page, ABOUT, &about.title, &about.body)).await?;
    texts.push((row.page.id, &about.texts));
    let item = ItemDraft {
        title: about.title.clone(),
        target: Some(Target::Page(row.page.id)),
        items: Vec::new(),
    };
    let footer = NewMenu {
        handle: Some(FOOTER.to_owned()),
        title: "Footer".to_owned(),
        items: vec![item],
    };
    let footer = menu::create_in(tx, &footer).await?;
    for policy in &content.policies {
        let draft = new(policy.kind.into(), &policy.handle, &policy.title, &policy.body);
        let row = page::create_in(tx, &draft).await?;
        texts.push((row.page.id, &policy.texts));
    }
    for language in spoken(tx.shop()) {
        let pages = texts.iter().filter_map(|(id, texts)| {
            let text = texts.get(language)?;
            let fields = [("title", text.title.as_str()), ("bodyHtml", text.body.trim())];
            Some(set(language, (*id).into(), fields))
        });
        let link = about.texts.get(language).map(|text| {
            let field = [(value_field(&about.title), text.title.as_str())];
            set(language, footer.id.into(), field)
        });
        let sets: Vec<_> = pages.chain(link).collect();
        translations::init(tx, language, &sets).await?;
    }
    Ok(())
}

fn new(kind: PageKind, handle: &str, title: &str, body: &str) -> NewPage {
    NewPage {
        kind,
        handle: Some(handle.to_owned()),
        title: title.to_owned(),
        body_html: body.trim().to_owned(),
        seo_title: None,
        seo_description: None,
        published: true,
    }
}

/// Takes away those that nobody has changed.
pub(crate) async fn close_pages(shop: &Shop, context: &Context) -> Result<()> {
    let content = content();
    let policies = content.policies.iter().map(|policy| policy.handle.as_str());
    let about = page::by_handle(shop, context, ABOUT).await?;
    let about = about.filter(|about| about.page.version == 1);
    let footers = menu::all(shop, false).await?;
    let footer = footers.iter().find(|menu| menu.handle == FOOTER && menu.version == 1);
    if let (Some(about), Some(footer)) = (&about, footer)
        && menu::items_of(footer)?
            .iter()
            .all(|item| item.target == Some(Target::Page(about.page.id)))
    {
        menu::delete(shop, context, footer.id, Some(footer.version)).await?;
    }
    for handle in policies.chain([ABOUT]) {
        let found = page::by_handle(shop, context, handle).await?;
        if let Some(row) = found.filter(|row| row.page.version == 1) {
            page::delete(shop, context, row.page.id, Some(row.page.version)).await?;
        }
    }
    Ok(())
}

impl From<Kind> for PageKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Imprint => Self::Imprint,
            Kind::Privacy => Self::Privacy,
            Kind::Shipping => Self::Shipping,
            Kind::Terms => Self::Terms,
            Kind::Withdrawal => Self::Withdrawal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_policy_is_there_once_and_says_that_it_is_an_example() {
        let policies = content().policies;
        let mut kinds: Vec<_> = policies.iter().map(|policy| format!("{:?}", policy.kind)).collect();
        kinds.sort();
        assert_eq!(kinds, ["Imprint", "Privacy", "Shipping", "Terms", "Withdrawal"]);
        for policy in policies {
            assert!(policy.body.contains("is an example"), "{}", policy.handle);
            for (language, example) in [("de", "ist ein Beispiel"), ("ja", "この文章は例です")] {
                assert!(policy.texts[language].body.contains(example), "{}", policy.handle);
            }
        }
    }
}
