//! A document as a file.

use vitrine_entity::{document, ids::DocumentId};

use super::{
    address::{check, of_file},
    cii,
    content::{Content, read},
    find::by_id,
    format::Format,
    ubl,
};
use crate::{
    ErrorCode, Fault, Refusal, Result, Shop,
    ports::document_renderer::{Attachment, RenderError},
};

/// A document, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub mime_type: &'static str,
    pub content: Vec<u8>,
}

/// The file behind an address. `expires` is in seconds since 1970.
///
/// # Errors
/// `FORBIDDEN` where the signature is wrong or the time is over, `NOT_FOUND` where there is no such file, or no more.
pub async fn open(shop: &Shop, id: DocumentId, format: Format, expires: i64, signature: &str) -> Result<File> {
    check(shop, &of_file(id, format, expires), expires, signature)?;
    let row = by_id(shop, id).await?.ok_or_else(|| Refusal::not_found("document"))?;
    let content = read(&row)?;
    let bytes = match (format, &content.trade) {
        (Format::Pdf, _) => render(shop, &content).await?,
        (Format::Cii, Some(trade)) => cii::write(trade).into_bytes(),
        (Format::Ubl, Some(trade)) => ubl::write(trade).into_bytes(),
        (Format::Cii | Format::Ubl, None) => return Err(Refusal::not_found("document").into()),
    };
    Ok(File {
        name: format!("{}.{}", row.number, format.extension()),
        mime_type: match format {
            Format::Pdf => "application/pdf",
            Format::Cii | Format::Ubl => "application/xml",
        },
        content: bytes,
    })
}

/// A document's PDF. Unscoped.
pub(crate) async fn pdf(shop: &Shop, row: &document::Model) -> Result<Vec<u8>> {
    render(shop, &read(row)?).await
}

async fn render(shop: &Shop, content: &Content) -> Result<Vec<u8>> {
    let attachment = content.trade.as_ref().map(|trade| Attachment {
        // By this name programs look for it.
        name: "factur-x.xml".to_owned(),
        mime_type: "text/xml".to_owned(),
        description: content.sheet.title.clone(),
        content: cii::write(trade).into_bytes(),
    });
    match shop.documents.render(&content.sheet, attachment.as_ref()).await {
        Ok(file) => Ok(file),
        // Somebody can mend it, and has to be told how.
        Err(error @ RenderError::Letter(_)) => {
            Err(Refusal::new(ErrorCode::Invalid, format!("There is no file: {error}.")).into())
        }
        Err(error) => Err(Fault::from(error).into()),
    }
}
