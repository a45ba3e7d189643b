//! The file of an import, in the store of objects.

use futures::TryStreamExt;
use uuid::Uuid;
use vitrine_entity::{imported_order::ImportSource, product_import};

use crate::{
    ErrorCode, Fault, Refusal, Result, Shop,
    catalog::import::{Parsed, RowProblem},
    language::{Message, messages},
    moving,
};

pub(super) fn object(key: Uuid) -> String {
    format!("imports/{}.csv", key.simple())
}

/// Looks at a file that is to be taken.
///
/// # Errors
/// Refuses one that is empty, too large, or what a spreadsheet saves as its own.
pub(super) fn check(shop: &Shop, content: &[u8]) -> Result<(), Refusal> {
    let invalid = |message: Message| Err(Refusal::new(ErrorCode::Invalid, message).at(&["file"]));
    let most = shop.settings.bulk.bytes_max;
    if content.len() as u64 > most {
        return invalid(messages::import_file_max(most));
    }
    if content.trim_ascii().is_empty() {
        return invalid(messages::import_file_empty());
    }
    // XLSX and ODS are ZIP archives, XLS is a compound file.
    if content.starts_with(b"PK\x03\x04") || content.starts_with(b"\xD0\xCF\x11\xE0") {
        let message = messages::import_file_spreadsheet();
        return invalid(message);
    }
    Ok(())
}

/// A file that was read.
pub(super) enum File {
    Products(Box<Parsed>),
    /// Each thing of it stands for itself.
    Things(moving::Read),
}

impl File {
    /// How many products, or things, there are to write.
    pub(super) fn total(&self) -> usize {
        match self {
            Self::Products(parsed) => parsed.drafts.len(),
            Self::Things(read) => read.len(),
        }
    }

    pub(super) fn errors(&self) -> usize {
        match self {
            Self::Products(parsed) => parsed.errors(),
            Self::Things(read) => read.errors(),
        }
    }

    pub(super) fn problems(&self) -> &[RowProblem] {
        match self {
            Self::Products(parsed) => &parsed.problems,
            Self::Things(read) => read.problems(),
        }
    }
}

/// The file of an import, read. `None` where it is gone.
pub(super) async fn read(shop: &Shop, row: &product_import::Model) -> Result<Option<File>> {
    let name = object(row.storage_key);
    let Some(object) = shop.media.get(&name, None).await.map_err(Fault::from)? else {
        return Ok(None);
    };
    let content: Vec<u8> = object
        .content
        .try_fold(Vec::new(), |mut all, piece| async move {
            all.extend_from_slice(&piece);
            Ok(all)
        })
        .await
        .map_err(Fault::from)?;
    let (source, what, currency) = (row.source.unwrap_or(ImportSource::Shopify), row.what, row.currency);
    let profile = shop.profile();
    // A large file takes seconds to read: others have the thread meanwhile.
    let read = tokio::task::spawn_blocking(move || -> Result<File> {
        let content = content.as_slice();
        Ok(match what {
            Some(kind) => File::Things(moving::read(source, kind, content, &profile)),
            None => File::Products(Box::new(moving::read_products(source, content, currency)?)),
        })
    });
    let file = read
        .await
        .map_err(|error| Fault::other("reading a file that is imported", error))?;
    Ok(Some(file?))
}
