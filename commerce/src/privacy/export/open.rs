//! The file, at an address that opens it for an hour to whoever has it.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::PersonExportId,
    person_export::{self, PersonExportState},
};

use super::run::object;
use crate::{
    ErrorCode, Fault, Refusal, Result, Shop, customers::link, language::messages, ports::media_store::StoredObject,
};

/// How long an address opens a file.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

const PURPOSE: &str = "person-export:";

/// What an address carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub expires_at: DateTime<Utc>,
    /// Names the file, and is all the right that it needs.
    pub token: String,
}

/// An address of a file that is written; `None` of one that is not. Unscoped: whoever holds the row may see it.
pub fn address(shop: &Shop, row: &person_export::Model) -> Option<Address> {
    (row.state == PersonExportState::Done).then(|| {
        let expires_at = shop.now() + LIFETIME;
        Address {
            expires_at,
            token: link::token(shop, PURPOSE, row.id, expires_at.timestamp()),
        }
    })
}

/// The file behind an address. `expires` is in seconds since 1970.
///
/// # Errors
/// `FORBIDDEN` where the token is wrong or the time is over, `NOT_FOUND` where the file has gone.
pub async fn open(shop: &Shop, token: &str, expires: i64) -> Result<StoredObject> {
    let refused = || Refusal::new(ErrorCode::Forbidden, messages::export_address_dead());
    let id = link::id_of::<PersonExportId>(token).ok_or_else(refused)?;
    if !link::is_valid(shop, token, PURPOSE, id, expires) || shop.now().timestamp() >= expires {
        return Err(refused().into());
    }
    let row = person_export::Entity::find_by_id(id).one(&shop.db).await?;
    let row = row.filter(|row| row.state == PersonExportState::Done);
    let row = row.ok_or_else(|| Refusal::not_found("file"))?;
    let found = shop
        .media
        .get(&object(row.storage_key), None)
        .await
        .map_err(Fault::from)?;
    Ok(found.ok_or_else(|| Refusal::not_found("file"))?)
}
