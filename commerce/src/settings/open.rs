//! A shop's settings at its opening.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseConnection;

use super::{in_use, store};
use crate::{ErrorCode, Fault, Refusal, Result, profile::Profile};

/// What the shop is. Where the database does not say it yet, it is `first` from now on, and whoever comes
/// first is right.
///
/// # Errors
/// Refuses to make a shop that sells in another currency than everything in it is priced in: it would look
/// empty.
pub async fn open(db: &DatabaseConnection, now: DateTime<Utc>, first: &Profile) -> Result<Profile> {
    if let Some(profile) = store::find(db).await? {
        return Ok(profile);
    }
    if let Some(priced_in) = in_use::other_currency(db, first.currency).await? {
        let message = format!(
            "The goods in this database are priced in {priced_in}, and none in {}.",
            first.currency
        );
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["currencyCode"]).into());
    }
    store::insert(db, first, now).await?;
    let profile = store::find(db).await?;
    profile.ok_or_else(|| {
        Fault::Other(
            "the shop's settings are gone as soon as they are written".to_owned(),
            None,
        )
        .into()
    })
}
