//! Staff write a page.

use sea_orm::{ActiveModelTrait, DbErr, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::PageId,
    page::{self, PageKind},
};

use super::{PageView, text::PageText};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop,
    content::fields::handle,
    staff::{Permission, audit, require},
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
    require(context, Permission::Content)?;
    let NewPage {
        seo_title,
        seo_description,
        ..
    } = &input;
    let text = PageText::checked(
        &input.title,
        &input.body_html,
        seo_title.as_deref(),
        seo_description.as_deref(),
    )?;
    let handle = handle(input.handle.as_deref(), &text.title)?;
    let (text, handle) = (&text, &handle);
    shop.transact(context, |tx| async move {
        let row = page::Model {
            id: PageId(shop.new_id()),
            kind: input.kind,
            handle: handle.clone(),
            published: input.published,
            version: 1,
            number: 1,
            created_at: shop.now(),
            updated_at: shop.now(),
            deleted_at: None,
        };
        let page = row.into_active_model().insert(tx.db()).await.map_err(taken)?;
        let text = text.clone().write(&tx, &page).await?;
        audit(
            &tx,
            "page.create",
            page.id.to_string(),
            json!({ "handle": page.handle }),
        )
        .await?;
        Ok(PageView { page, text })
    })
    .await
}

/// Another page has the handle, or is the policy of this kind.
pub(super) fn taken(error: DbErr) -> Error {
    if !is_unique_violation(&error) {
        return error.into();
    }
    match error.to_string().contains("kind") {
        true => Refusal::new(ErrorCode::Taken, "The shop has a policy of this kind: change that one.").at(&["kind"]),
        false => Refusal::new(ErrorCode::Taken, "Another page has this handle.").at(&["handle"]),
    }
    .into()
}
