//! Documents without fonts: what a PDF shows is tested by whoever makes one.

use async_trait::async_trait;
use vitrine_commerce::ports::{
    DocumentRenderer,
    document_renderer::{Attachment, RenderError, Sheet},
};

/// Writes the texts of a document, a line each, with its attachment beneath.
#[derive(Debug, Clone, Copy)]
pub struct PlainText;

#[async_trait]
impl DocumentRenderer for PlainText {
    async fn render(&self, sheet: &Sheet, attachment: Option<&Attachment>) -> Result<Vec<u8>, RenderError> {
        let mut text = sheet.title.clone();
        for row in &sheet.rows {
            text = format!("{text}\n{}", row.cells.join(" | "));
        }
        for total in &sheet.totals {
            text = format!("{text}\n{} {}", total.label, total.value);
        }
        let mut bytes = text.into_bytes();
        bytes.extend(attachment.iter().flat_map(|attachment| &attachment.content));
        Ok(bytes)
    }
}
