//! Staff write a page.

use sea_orm::{ActiveModelTrait, DbErr, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::PageId,
    page::{self, PageKind},
};

use super::{PageView, text::PageText};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    content::fields::handle,
    language::messages,
    staff::{Permission, audit, permission::require_or_system},
    transaction::is_unique_violation,
};

/// A page as it should be.
#[derive(Debug, Clone)]
pub struct NewPage {
    pub kind: PageKind,
    /// Made of the title where it is not given.
    pub handle: Option<String>,
    pub title: String,
    /// HTML; sanitised.
    pub body_html: String,
    pub seo_title: Option<String>,
    pub seo_description: Option<String>,
    pub published: bool,
}

/// Writes a page.
///
/// # Errors
/// `INVALID`; `TAKEN` for a handle of another page's, and for a policy that is there already.
pub async fn create(shop: &Shop, context: &Context, input: NewPage) -> Result<PageView> {
    require_or_system(context, Permission::Content)?;
    let input = &input;
    shop.transact(context, |tx| async move { create_in(&tx, input).await })
        .await
}

/// As [`create`], in a transaction of the caller's.
///
/// # Errors
/// The same.
pub async fn create_in(tx: &Tx, input: &NewPage) -> Result<PageView> {
    require_or_system(tx.context(), Permission::Content)?;
    let NewPage {
        seo_title,
        seo_description,
        ..
    } = input;
    let text = PageText::checked(
        &input.title,
        &input.body_html,
        seo_title.as_deref(),
        seo_description.as_deref(),
    )?;
    let handle = handle(input.handle.as_deref(), &text.title)?;
    let now = tx.shop().now();
    let row = page::Model {
        id: PageId(tx.shop().new_id()),
        kind: input.kind,
        handle,
        published: input.published,
        version: 1,
        number: 1,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    let page = row.into_active_model().insert(tx.db()).await.map_err(taken)?;
    let text = text.write(tx, &page).await?;
    audit(tx, "page.create", page.id.to_string(), json!({ "handle": page.handle })).await?;
    Ok(PageView { page, text })
}

/// Another page has the handle, or is the policy of this kind.
pub(super) fn taken(error: DbErr) -> Error {
    if !is_unique_violation(&error) {
        return error.into();
    }
    match error.to_string().contains("kind") {
        true => Refusal::new(ErrorCode::Taken, messages::policy_there()).at(&["kind"]),
        false => Refusal::new(ErrorCode::Taken, messages::page_handle_taken()).at(&["handle"]),
    }
    .into()
}
