//! Staff change a page. A change of its text is a new text.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{PageId, PageVersionId},
    page, page_version,
};

use super::{PageView, create::taken, find::text_of, text::PageText};
use crate::{
    Context, Refusal, Result, Shop, Tx,
    content::fields::handle,
    error::expect_version,
    staff::{Permission, audit, permission::require_or_system},
};

/// A change of a page; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct PageUpdate {
    pub page: PageId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub handle: Option<String>,
    pub title: Option<String>,
    /// HTML; sanitised.
    pub body_html: Option<String>,
    /// Empty takes it away.
    pub seo_title: Option<String>,
    /// Empty takes it away.
    pub seo_description: Option<String>,
    pub published: Option<bool>,
}

/// Changes a page. Gives it as it is now.
///
/// # Errors
/// `INVALID`, `TAKEN`, `NOT_FOUND`; `VERSION_CONFLICT` where it has changed since `expected_version`.
pub async fn update(shop: &Shop, context: &Context, input: PageUpdate) -> Result<PageView> {
    require_or_system(context, Permission::Content)?;
    let input = &input;
    shop.transact(context, |tx| async move { update_in(&tx, input).await })
        .await
}

/// As [`update`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn update_in(tx: &Tx, input: &PageUpdate) -> Result<PageView> {
    require_or_system(tx.context(), Permission::Content)?;
    let before = locked(tx, input.page, input.expected_version).await?;
    let text = text_of(tx.db(), &before).await?;
    let new = changed(&text, input)?;
    let mut after = before.clone();
    if let Some(given) = &input.handle {
        after.handle = handle(Some(given), "")?;
    }
    after.published = input.published.unwrap_or(before.published);
    write(tx, PageView { page: before, text }, after, new, "page.update").await
}

/// Makes an earlier text the page's newest again: as a new one, so that none is lost. Where it reads so already, it stays.
///
/// # Errors
/// As [`update`]; `NOT_FOUND` for a text of another page's.
pub async fn restore_version(
    shop: &Shop,
    context: &Context,
    version: PageVersionId,
    expected_version: Option<i64>,
) -> Result<PageView> {
    require_or_system(context, Permission::Content)?;
    shop.transact(context, |tx| async move {
        let old = page_version::Entity::find_by_id(version).one(tx.db()).await?;
        let old = old.ok_or_else(|| Refusal::not_found("text").at(&["versionId"]))?;
        let page = locked(&tx, old.page_id, None).await?;
        let text = text_of(tx.db(), &page).await?;
        let before = PageView {
            page: page.clone(),
            text,
        };
        let new = PageText::of(&old);
        if new == PageText::of(&before.text) {
            return Ok(before);
        }
        expect_version("page", page.version, expected_version)?;
        write(&tx, before, page, new, "page.restore_version").await
    })
    .await
}

/// The page, for whoever changes it.
pub(super) async fn locked(tx: &Tx, id: PageId, expected_version: Option<i64>) -> Result<page::Model> {
    let page = tx
        .lock::<page::Entity>(id)
        .await?
        .filter(|page| page.deleted_at.is_none());
    let page = page.ok_or_else(|| Refusal::not_found("page").at(&["id"]))?;
    expect_version("page", page.version, expected_version)?;
    Ok(page)
}

fn changed(text: &page_version::Model, input: &PageUpdate) -> Result<PageText, Refusal> {
    let old = PageText::of(text);
    // What is there already stays as it is: it was checked by the rules of its time.
    let kept = |given: &Option<String>, old: Option<String>| given.clone().or(old);
    let given = PageText::checked(
        input.title.as_deref().unwrap_or(&old.title),
        input.body_html.as_deref().unwrap_or(&old.body_html),
        kept(&input.seo_title, old.seo_title.clone()).as_deref(),
        kept(&input.seo_description, old.seo_description.clone()).as_deref(),
    )?;
    Ok(PageText {
        body_html: input.body_html.as_ref().map_or(old.body_html, |_| given.body_html),
        ..given
    })
}

/// Writes what differs; nothing where nothing does.
async fn write(tx: &Tx, before: PageView, mut after: page::Model, new: PageText, action: &str) -> Result<PageView> {
    let is_new_text = new != PageText::of(&before.text);
    if after == before.page && !is_new_text {
        return Ok(before);
    }
    after.version += 1;
    after.updated_at = tx.shop().now();
    after.number += i32::from(is_new_text);
    let row = after.into_active_model().reset_all();
    let page = row.update(tx.db()).await.map_err(taken)?;
    let text = match is_new_text {
        true => new.write(tx, &page).await?,
        false => before.text,
    };
    let data = json!({ "handle": page.handle, "published": page.published, "text": page.number });
    audit(tx, action, page.id.to_string(), data).await?;
    Ok(PageView { page, text })
}
