//! Sets of products across categories, picked by hand or by a rule, in their order. Goods are named by their slugs,
//! and may come later.

mod rule;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::{collection, ids::CollectionId};

use self::rule::RuleEntry;
use super::{
    defaults::{is_yes, yes},
    heading::PictureEntry,
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    catalog::{
        categories,
        collections::{
            self,
            change::{self, CollectionCreate, CollectionDelete, CollectionUpdate},
        },
        heading::Heading,
    },
    language::{Message, messages},
    setup::file::section::Section,
    staff::Permission,
};

/// How many slugs that are awaited are told.
const TOLD_MAX: usize = 20;

pub(super) struct Collections;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct CollectionEntry {
    slug: String,
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    published: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seo_title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seo_description: Option<String>,
    /// By their slugs, in their order, where no rule says what is in it; as it is where there is neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    products: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<PictureEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<RuleEntry>,
}

#[async_trait]
impl Section for Collections {
    const KEY: &'static str = "collections";
    const PERMISSION: Permission = Permission::Catalog;
    type Id = CollectionId;
    type Entry = CollectionEntry;

    fn name(entry: &CollectionEntry) -> String {
        entry.slug.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(CollectionId, CollectionEntry)>> {
        let rows = collections::all_on(tx.db()).await?;
        let paths = categories::with_paths(tx.db()).await?;
        let mut contents = collections::contents(tx.db()).await?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let rule = collections::rule::of(&row)?;
            let rule = rule.map(|rule| RuleEntry::of(rule, tx.context().currency, &paths));
            let products = match &rule {
                Some(_) => None,
                None => Some(contents.remove(&row.id).unwrap_or_default()),
            };
            entries.push((row.id, entry_of(row, products, rule)));
        }
        Ok(entries)
    }

    async fn put(tx: &Tx, current: Option<CollectionId>, entry: &CollectionEntry, prune: bool) -> Result<()> {
        if entry.rule.is_some() && entry.products.is_some() {
            let message = messages::file_products_or_rule();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["products"]).into());
        }
        let rule = match &entry.rule {
            Some(rule) => Some(rule.read(tx).await?),
            None => None,
        };
        let heading = heading_of(entry);
        let id = match current {
            Some(collection) => {
                let update = CollectionUpdate {
                    collection,
                    expected_version: None,
                    heading,
                    published: Some(entry.published),
                    position: None,
                    rule: Some(rule),
                };
                change::update_in(tx, &update).await?.id
            }
            None => {
                let create = CollectionCreate {
                    heading,
                    published: entry.published,
                    position: None,
                    rule,
                };
                change::create_in(tx, &create).await?.id
            }
        };
        match &entry.products {
            Some(products) => change::assemble_in(tx, id, products, prune).await.map(drop),
            None => Ok(()),
        }
    }

    async fn awaited(tx: &Tx, entry: &CollectionEntry) -> Result<Vec<Message>> {
        let missing = collections::missing(tx.db(), entry.products.as_deref().unwrap_or_default()).await?;
        let more = missing.len().saturating_sub(TOLD_MAX);
        let told = missing.into_iter().take(TOLD_MAX);
        let mut lines: Vec<_> = told.map(messages::file_awaited_in_it).collect();
        if more > 0 {
            lines.push(messages::file_awaited_more(more));
        }
        Ok(lines)
    }

    async fn remove(tx: &Tx, collection: CollectionId) -> Result<()> {
        let delete = CollectionDelete {
            collection,
            expected_version: None,
        };
        change::delete_in(tx, &delete).await.map(drop)
    }

    async fn order(tx: &Tx, ids: &[CollectionId]) -> Result<()> {
        for (position, collection) in (0..).zip(ids) {
            let update = CollectionUpdate {
                collection: *collection,
                expected_version: None,
                heading: Heading::default(),
                published: None,
                position: Some(position),
                rule: None,
            };
            change::update_in(tx, &update).await?;
        }
        Ok(())
    }
}

fn entry_of(row: collection::Model, products: Option<Vec<String>>, rule: Option<RuleEntry>) -> CollectionEntry {
    CollectionEntry {
        slug: row.slug,
        title: row.title,
        description: row.description,
        published: row.published,
        seo_title: row.seo_title,
        seo_description: row.seo_description,
        products,
        picture: PictureEntry::of(row.picture_source, row.picture_alt),
        rule,
    }
}

fn heading_of(entry: &CollectionEntry) -> Heading {
    Heading {
        name: Some(entry.title.clone()),
        slug: Some(entry.slug.clone()),
        description: Some(entry.description.clone()),
        seo_title: Some(entry.seo_title.clone()),
        seo_description: Some(entry.seo_description.clone()),
        picture: Some(entry.picture.clone().map(Into::into)),
    }
}
