//! The file of an export, at an address that opens it for a while to whoever has it.

use async_stream::try_stream;
use chrono::{DateTime, TimeDelta, Utc};
use futures::{Stream, StreamExt};
use sea_orm::EntityTrait;
use vitrine_entity::{
    data_export::{self, ExportKind, ExportStatus},
    ids::ExportId,
};

use super::run::object;
use crate::{ErrorCode, Fault, Refusal, Result, Shop, language::messages, signature};

/// How long an address opens a file.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// Bytes of a signature: all of it.
const SIGNATURE_BYTES: usize = 32;

/// What an address carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub expires_at: DateTime<Utc>,
    pub signature: String,
}

/// An address of a file that is done; `None` of one that is not. Unscoped: whoever holds the row may see it.
pub fn address(shop: &Shop, row: &data_export::Model) -> Option<Address> {
    (row.status == ExportStatus::Done).then(|| {
        let expires_at = shop.now() + LIFETIME;
        Address {
            expires_at,
            signature: signature::sign(
                &shop.settings.signing_secret,
                &message(row.id, expires_at.timestamp()),
                SIGNATURE_BYTES,
            ),
        }
    })
}

fn message(id: ExportId, expires: i64) -> Vec<u8> {
    format!("export:{id}\n{expires}").into_bytes()
}

/// The file behind an address, piece by piece. `expires` is in seconds since 1970.
///
/// # Errors
/// `FORBIDDEN` where the signature is wrong or the time is over, `NOT_FOUND` where the file has gone.
pub async fn open(
    shop: Shop,
    id: ExportId,
    expires: i64,
    signature: &str,
) -> Result<(data_export::Model, impl Stream<Item = Result<Vec<u8>>> + Send + 'static)> {
    let message = message(id, expires);
    if !signature::is_ours(shop.settings.signing_secrets(), &message, SIGNATURE_BYTES, signature) {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::address_not_given()).into());
    }
    if shop.now().timestamp() >= expires {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::address_expired()).into());
    }
    let row = data_export::Entity::find_by_id(id).one(&shop.db).await?;
    let row = row.filter(|row| row.status == ExportStatus::Done);
    let row = row.ok_or_else(|| Refusal::not_found("export"))?;
    let (key, pieces) = (row.storage_key, row.pieces);
    let file = try_stream! {
        for piece in 0..pieces {
            let found = shop.media.get(&object(key, piece), None).await.map_err(Fault::from)?;
            let gone = || Fault::Other(format!("piece {piece} of an export is gone"), None);
            let mut content = found.ok_or_else(gone)?.content;
            while let Some(bytes) = content.next().await {
                yield bytes.map_err(Fault::from)?;
            }
        }
    };
    Ok((row, file))
}

/// What whoever keeps the file calls it.
pub fn file_name(row: &data_export::Model) -> String {
    let kind = match row.kind {
        ExportKind::Products => "products",
        ExportKind::Customers => "customers",
        ExportKind::Orders => "orders",
        ExportKind::Stock => "stock",
        ExportKind::DiscountCodes => "discount-codes",
        ExportKind::DiscountUses => "discount-uses",
        ExportKind::Returns => "returns",
    };
    format!("{kind}-{}.csv", row.created_at.format("%Y-%m-%d"))
}
