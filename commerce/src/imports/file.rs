//! The file of an import, in the store of objects.

use futures::TryStreamExt;
use uuid::Uuid;

use crate::{
    ErrorCode, Fault, Refusal, Result, Shop,
    catalog::import::{self, Parsed},
    language::{Message, messages},
    money::Currency,
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

/// The file, read. `None` where it is gone.
pub(super) async fn read(shop: &Shop, key: Uuid, currency: Currency) -> Result<Option<Parsed>> {
    let Some(object) = shop.media.get(&object(key), None).await.map_err(Fault::from)? else {
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
    // A large file takes seconds to read: others have the thread meanwhile.
    let read = tokio::task::spawn_blocking(move || import::read(content.as_slice(), currency));
    let parsed = read
        .await
        .map_err(|error| Fault::other("reading a file of products", error))?;
    Ok(Some(parsed))
}
