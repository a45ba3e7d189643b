//! Trees of links. What an item leads to is named by its handle, its path or its slug; a product may come later. An
//! item that leads to what is gone is not in the file.

mod names;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::MenuId;

use self::names::Names;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    content::menu::{self, ItemDraft, MenuUpdate, NewMenu, Target},
    language::{Message, messages},
    setup::file::section::Section,
    staff::Permission,
};

pub(super) struct Menus;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct MenuEntry {
    handle: String,
    title: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<ItemEntry>,
}

/// A link; a heading where it leads nowhere.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemEntry {
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    collection: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    items: Vec<ItemEntry>,
}

#[async_trait]
impl Section for Menus {
    const KEY: &'static str = "menus";
    const PERMISSION: Permission = Permission::Content;
    type Id = MenuId;
    type Entry = MenuEntry;

    fn name(entry: &MenuEntry) -> String {
        entry.handle.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(MenuId, MenuEntry)>> {
        let rows = menu::all_on(tx.db(), false).await?;
        let mut drafts = Vec::with_capacity(rows.len());
        for row in rows {
            let items = menu::items_of(&row)?;
            drafts.push((row, items));
        }
        let names = Names::of(tx.db(), drafts.iter().flat_map(|(_, items)| items)).await?;
        let entry = |(row, items): (vitrine_entity::menu::Model, Vec<ItemDraft>)| {
            let entry = MenuEntry {
                handle: row.handle,
                title: row.title,
                items: entries_of(items, &names),
            };
            (row.id, entry)
        };
        Ok(drafts.into_iter().map(entry).collect())
    }

    async fn put(tx: &Tx, current: Option<MenuId>, entry: &MenuEntry, _: bool) -> Result<()> {
        let names = Names::named(tx.db(), &products(&entry.items)).await?;
        let items = drafts_of(&entry.items, &names, &["items".to_owned()])?;
        let Some(menu) = current else {
            let new = NewMenu {
                handle: Some(entry.handle.clone()),
                title: entry.title.clone(),
                items,
            };
            return menu::create_in(tx, &new).await.map(drop);
        };
        let update = MenuUpdate {
            menu,
            expected_version: None,
            handle: None,
            title: Some(entry.title.clone()),
            items: Some(items),
        };
        menu::update_in(tx, &update).await.map(drop)
    }

    async fn awaited(tx: &Tx, entry: &MenuEntry) -> Result<Vec<Message>> {
        let wanted = products(&entry.items);
        let names = Names::named(tx.db(), &wanted).await?;
        let missing = wanted.iter().filter(|slug| names.product(slug).is_none());
        Ok(missing.cloned().map(messages::file_awaited_in_menu).collect())
    }

    async fn remove(tx: &Tx, id: MenuId) -> Result<()> {
        menu::delete_in(tx, id, None).await.map(drop)
    }

    /// They stand by their handles.
    async fn order(_: &Tx, _: &[MenuId]) -> Result<()> {
        Ok(())
    }
}

fn entries_of(items: Vec<ItemDraft>, names: &Names) -> Vec<ItemEntry> {
    let entry = |item: ItemDraft| {
        let mut entry = ItemEntry {
            title: item.title,
            items: entries_of(item.items, names),
            ..ItemEntry::default()
        };
        match item.target {
            None => {}
            Some(Target::Url(url)) => entry.url = Some(url),
            Some(Target::ProductNamed(slug)) => entry.product = Some(slug),
            Some(Target::Page(id)) => entry.page = Some(names.handle(id)?),
            Some(Target::Category(id)) => entry.category = Some(names.path(id)?),
            Some(Target::Collection(id)) => entry.collection = Some(names.collection_slug(id)?),
            Some(Target::Product(id)) => entry.product = Some(names.product_slug(id)?),
        }
        Some(entry)
    };
    items.into_iter().filter_map(entry).collect()
}

fn drafts_of(items: &[ItemEntry], names: &Names, path: &[String]) -> Result<Vec<ItemDraft>, Refusal> {
    let draft = |(index, item): (usize, &ItemEntry)| {
        let at = |field: &str| [path, &[index.to_string(), field.to_owned()]].concat();
        Ok(ItemDraft {
            title: item.title.clone(),
            target: target(item, names, &at)?,
            items: drafts_of(&item.items, names, &at("items"))?,
        })
    };
    items.iter().enumerate().map(draft).collect()
}

fn target(item: &ItemEntry, names: &Names, at: &impl Fn(&str) -> Vec<String>) -> Result<Option<Target>, Refusal> {
    let refused = |code, message: Message, field: &str| {
        let path = at(field);
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        Refusal::new(code, message).at(&path)
    };
    let given = [&item.page, &item.category, &item.collection, &item.product, &item.url];
    if given.into_iter().flatten().count() > 1 {
        return Err(refused(ErrorCode::Invalid, messages::file_item_leads_to_one(), "title"));
    }
    let missing = |field: &str, name: &str, section: &str| {
        let message = messages::file_target_missing(name, field, section);
        refused(ErrorCode::NotFound, message, field)
    };
    let target = if let Some(handle) = &item.page {
        Target::Page(names.page(handle).ok_or_else(|| missing("page", handle, "pages"))?)
    } else if let Some(path) = &item.category {
        let found = names.category(path);
        Target::Category(found.ok_or_else(|| missing("category", path, "categories"))?)
    } else if let Some(slug) = &item.collection {
        let found = names.collection(slug);
        Target::Collection(found.ok_or_else(|| missing("collection", slug, "collections"))?)
    } else if let Some(slug) = &item.product {
        names
            .product(slug)
            .map_or_else(|| Target::ProductNamed(slug.trim().to_owned()), Target::Product)
    } else if let Some(url) = &item.url {
        Target::Url(url.clone())
    } else {
        return Ok(None);
    };
    Ok(Some(target))
}

/// The slugs of products that items name.
fn products(items: &[ItemEntry]) -> Vec<String> {
    let slugs = items.iter().flat_map(|item| {
        let own = item.product.iter().map(|slug| slug.trim().to_owned());
        own.chain(products(&item.items)).collect::<Vec<_>>()
    });
    slugs.collect()
}
