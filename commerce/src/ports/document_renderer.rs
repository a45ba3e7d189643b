//! Makes a file of a document that is in words already: whoever renders it knows neither languages nor money.

use async_trait::async_trait;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a document shows, from the top to the foot. Every text is in the reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// BCP 47.
    pub language: String,
    /// Whether its lines run from right to left.
    pub is_rtl: bool,
    pub issued_on: NaiveDate,
    /// Who issued it, for the file's particulars.
    pub author: String,
    /// As in `Invoice R-2026-00017`.
    pub title: String,
    /// In small letters above the recipient.
    pub sender: String,
    pub recipient: Vec<String>,
    /// Beside the recipient: what each is, and what it says.
    pub facts: Vec<(String, String)>,
    /// Beneath the title.
    pub introduction: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub totals: Vec<Total>,
    pub notes: Vec<String>,
    /// Columns at the foot of each page.
    pub footer: Vec<Vec<String>>,
    /// At the foot of each page, where there are several: `{page}` and `{pages}` stand for numbers.
    pub page: String,
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub heading: String,
    /// Whether it holds numbers, which stand at the line's end.
    pub is_number: bool,
}

/// A row of the table: a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub cells: Vec<String>,
    /// In small letters beneath the widest cell.
    pub details: Vec<String>,
}

/// A line beneath the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub label: String,
    pub value: String,
    /// Whether it is what all the others lead to.
    pub is_sum: bool,
}

/// A file that goes into the document's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    pub mime_type: String,
    pub description: String,
    pub content: Vec<u8>,
}

/// Renders documents as PDF. The same sheet gives the same bytes, as long as the fonts are the same.
#[async_trait]
pub trait DocumentRenderer: Send + Sync {
    /// # Errors
    /// [`RenderError::Letter`] where no font has a letter of the sheet.
    async fn render(&self, sheet: &Sheet, attachment: Option<&Attachment>) -> Result<Vec<u8>, RenderError>;
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// Somebody has to give the shop a font.
    #[error("no font has the letter {0} (U+{code:04X}): see `documents.fonts` in the configuration", code = number(.0))]
    Letter(char),
    #[error("the document could not be rendered")]
    Other(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// As Unicode numbers it.
fn number(letter: &char) -> u32 {
    u32::from(*letter)
}
