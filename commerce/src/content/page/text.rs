//! A page's text, checked, and written as the page's newest.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::{ids::PageVersionId, page, page_version};

use crate::{Refusal, Result, Tx, content::fields::TITLE_LENGTH_MAX, text};

const BODY_BYTES_MAX: usize = 500_000;

/// A text in its normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageText {
    pub(super) title: String,
    pub(super) body_html: String,
    pub(super) seo_title: Option<String>,
    pub(super) seo_description: Option<String>,
}

impl PageText {
    pub(super) fn of(row: &page_version::Model) -> Self {
        Self {
            title: row.title.clone(),
            body_html: row.body_html.clone(),
            seo_title: row.seo_title.clone(),
            seo_description: row.seo_description.clone(),
        }
    }

    pub(super) fn checked(
        title: &str,
        body_html: &str,
        seo_title: Option<&str>,
        seo_description: Option<&str>,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            title: text::line(&["title"], title, TITLE_LENGTH_MAX)?,
            body_html: text::html(&["bodyHtml"], body_html, BODY_BYTES_MAX)?,
            seo_title: text::optional_line(&["seoTitle"], seo_title, 255)?,
            seo_description: text::optional_line(&["seoDescription"], seo_description, 1_000)?,
        })
    }

    /// Writes it as the text that `page` counts as its newest.
    pub(super) async fn write(self, tx: &Tx, page: &page::Model) -> Result<page_version::Model> {
        let row = page_version::Model {
            id: PageVersionId(tx.shop().new_id()),
            page_id: page.id,
            number: page.number,
            title: self.title,
            body_html: self.body_html,
            seo_title: self.seo_title,
            seo_description: self.seo_description,
            actor: tx.context().viewer.actor(),
            created_at: tx.shop().now(),
        };
        Ok(row.into_active_model().insert(tx.db()).await?)
    }
}
