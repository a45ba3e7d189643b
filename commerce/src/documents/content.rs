//! What a document says, as its row keeps it: written once, and read only if it is still what was written.
//!
//! Everything that depends on the shop, its words or its prices is in it, so that a file that is made of it years later says what
//! the first one said. Files are made anew each time: what is kept is one thing in one place, the database, with its backups, and
//! a store of files beside it would be a second truth that may be lost, or say something else.

use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vitrine_entity::document;

use super::trade::Trade;
use crate::{ErrorCode, Fault, Refusal, Result, language::messages, ports::document_renderer::Sheet};

/// How a document is laid out; another number is another layout, beside which the former ones stay.
pub(super) const LAYOUT: u32 = 1;

/// What a document says: to people, and of invoices and credit notes to programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Content {
    pub(super) layout: u32,
    pub(super) sheet: Sheet,
    /// `None` of a delivery note.
    pub(super) trade: Option<Trade>,
}

/// Written down, with its SHA-256.
pub(super) fn written(content: &Content) -> Result<(String, Vec<u8>), Fault> {
    let text = serde_json::to_string(content).map_err(|error| Fault::other("writing a document", error))?;
    let hash = Sha256::digest(text.as_bytes()).to_vec();
    Ok((text, hash))
}

/// Of a row.
///
/// # Errors
/// Refuses one that was kept for as long as it had to be, and is forgotten. A fault where it is not what was written, or of a
/// layout that this version does not know.
pub(super) fn read(row: &document::Model) -> Result<Content> {
    let Some(text) = &row.content else {
        let message = messages::document_forgotten();
        return Err(Refusal::new(ErrorCode::NotFound, message).into());
    };
    let corrupt = || Fault::Corrupt {
        table: "document",
        column: "content",
        id: row.id.to_string(),
    };
    if *Sha256::digest(text.as_bytes()) != *row.content_sha256 {
        return Err(corrupt().into());
    }
    let content: Content = serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))?;
    match content.layout {
        LAYOUT => Ok(content),
        _ => Err(corrupt().into()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use uuid::Uuid;
    use vitrine_entity::{
        document::DocumentKind,
        ids::{DocumentId, OrderId},
    };

    use super::*;
    use crate::money::Currency;

    fn row(content: Option<String>, content_sha256: Vec<u8>) -> document::Model {
        document::Model {
            id: DocumentId(Uuid::nil()),
            kind: DocumentKind::Invoice,
            number: "R-1".to_owned(),
            series_year: 0,
            series_number: 1,
            order_id: OrderId(Uuid::nil()),
            order_number: "V-1".to_owned(),
            subject_id: Uuid::nil(),
            corrects_id: None,
            issued_on: NaiveDate::MIN,
            currency: Currency::EUR,
            tax_minor: 0,
            total_minor: 0,
            content_sha256,
            content,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_was_changed_is_not_read() {
        let content = Content {
            layout: LAYOUT,
            sheet: Sheet {
                title: "Invoice R-1".to_owned(),
                ..Sheet::default()
            },
            trade: None,
        };
        let (text, hash) = written(&content).unwrap();
        assert_eq!(read(&row(Some(text.clone()), hash.clone())).unwrap(), content);
        let changed = text.replace("R-1", "R-2");
        let outcome = read(&row(Some(changed), hash.clone()));
        assert!(matches!(outcome, Err(crate::Error::Fault(Fault::Corrupt { .. }))));
        assert!(matches!(read(&row(None, hash)), Err(crate::Error::Refused(_))));
    }
}
