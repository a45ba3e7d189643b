//! Documents as PDF: PDF/A-3 for archives, PDF/UA for everybody, with the XML of an invoice inside (Factur-X).
//!
//! `text` brings words into lines, letters into glyphs; `layout` puts lines on pages; `pdf` draws them and says what they are;
//! `factur_x` says in the file's metadata that there is an invoice in it, which krilla has no words for.

mod factur_x;
mod fonts;
mod layout;
mod parts;
mod pdf;
mod text;

use std::{path::PathBuf, sync::Arc};

use async_trait::async_trait;
use vitrine_commerce::ports::{
    DocumentRenderer,
    document_renderer::{Attachment, RenderError, Sheet},
};

use self::fonts::Fonts;

/// Renders documents as PDF.
pub struct PdfRenderer {
    fonts: Arc<Fonts>,
}

impl PdfRenderer {
    /// With fonts of its own for Latin, Greek, Cyrillic, Arabic and Hebrew, and for all other letters those of these folders.
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self {
            fonts: Arc::new(Fonts::new(folders)),
        }
    }
}

#[async_trait]
impl DocumentRenderer for PdfRenderer {
    async fn render(&self, sheet: &Sheet, attachment: Option<&Attachment>) -> Result<Vec<u8>, RenderError> {
        let (fonts, sheet, attachment) = (Arc::clone(&self.fonts), sheet.clone(), attachment.cloned());
        // It takes some milliseconds, and reads fonts.
        let rendered = tokio::task::spawn_blocking(move || pdf::render(&fonts, &sheet, attachment.as_ref())).await;
        rendered.map_err(|error| RenderError::Other(error.into()))?
    }
}

#[cfg(test)]
mod tests;
