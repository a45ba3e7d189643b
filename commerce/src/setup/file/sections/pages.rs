//! Pages and policies with their newest texts. A text that differs is a new one, and the earlier ones stay.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use vitrine_entity::{ids::PageId, page::PageKind};

use super::defaults::{is_yes, yes};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    content::page::{self, NewPage, PageUpdate, PageView},
    language::messages,
    setup::file::section::Section,
    staff::Permission,
};

pub(super) struct Pages;

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::setup::file) struct PageEntry {
    handle: String,
    /// A page like any other where it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    policy: Option<PolicyWord>,
    title: String,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    published: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seo_title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seo_description: Option<String>,
    body_html: String,
}

#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PolicyWord {
    Imprint,
    Terms,
    Privacy,
    Withdrawal,
    Shipping,
}

#[async_trait]
impl Section for Pages {
    const KEY: &'static str = "pages";
    const PERMISSION: Permission = Permission::Content;
    type Id = PageId;
    type Entry = PageEntry;

    fn name(entry: &PageEntry) -> String {
        entry.handle.trim().to_owned()
    }

    async fn read(tx: &Tx) -> Result<Vec<(PageId, PageEntry)>> {
        let views = page::all_on(tx.db()).await?;
        Ok(views.into_iter().map(|view| (view.page.id, entry_of(view))).collect())
    }

    async fn put(tx: &Tx, current: Option<PageId>, entry: &PageEntry, _: bool) -> Result<()> {
        let Some(page) = current else {
            let new = NewPage {
                kind: kind(entry.policy),
                handle: Some(entry.handle.clone()),
                title: entry.title.clone(),
                body_html: entry.body_html.clone(),
                seo_title: entry.seo_title.clone(),
                seo_description: entry.seo_description.clone(),
                published: entry.published,
            };
            return page::create_in(tx, &new).await.map(drop);
        };
        let update = PageUpdate {
            page,
            expected_version: None,
            handle: None,
            title: Some(entry.title.clone()),
            body_html: Some(entry.body_html.clone()),
            seo_title: Some(entry.seo_title.clone().unwrap_or_default()),
            seo_description: Some(entry.seo_description.clone().unwrap_or_default()),
            published: Some(entry.published),
        };
        let view = page::update_in(tx, &update).await?;
        match view.page.kind == kind(entry.policy) {
            true => Ok(()),
            false => {
                let message = messages::file_page_kind_stays();
                Err(Refusal::new(ErrorCode::Invalid, message).at(&["policy"]).into())
            }
        }
    }

    async fn remove(tx: &Tx, id: PageId) -> Result<()> {
        page::delete_in(tx, id, None).await.map(drop)
    }

    /// They stand by their handles.
    async fn order(_: &Tx, _: &[PageId]) -> Result<()> {
        Ok(())
    }
}

fn entry_of(view: PageView) -> PageEntry {
    PageEntry {
        handle: view.page.handle,
        policy: match view.page.kind {
            PageKind::Page => None,
            PageKind::Imprint => Some(PolicyWord::Imprint),
            PageKind::Terms => Some(PolicyWord::Terms),
            PageKind::Privacy => Some(PolicyWord::Privacy),
            PageKind::Withdrawal => Some(PolicyWord::Withdrawal),
            PageKind::Shipping => Some(PolicyWord::Shipping),
        },
        title: view.text.title,
        published: view.page.published,
        seo_title: view.text.seo_title,
        seo_description: view.text.seo_description,
        body_html: view.text.body_html,
    }
}

fn kind(policy: Option<PolicyWord>) -> PageKind {
    match policy {
        None => PageKind::Page,
        Some(PolicyWord::Imprint) => PageKind::Imprint,
        Some(PolicyWord::Terms) => PageKind::Terms,
        Some(PolicyWord::Privacy) => PageKind::Privacy,
        Some(PolicyWord::Withdrawal) => PageKind::Withdrawal,
        Some(PolicyWord::Shipping) => PageKind::Shipping,
    }
}
