//! Where a picture is sent, and where it is seen: signed over all that the address allows, so that nothing is read of a request
//! that it does not.

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_entity::{
    ids::{ReturnId, ReturnPictureId},
    return_picture,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    media::upload::{MIME_TYPES, too_large},
    returns::{find, state},
    signature,
};

/// How long an address may be used.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// The largest picture, in bytes, where the shop takes no smaller ones.
const BYTES_MAX: u64 = 10 * 1024 * 1024;

/// Bytes of a signature: all of it.
const SIGNATURE_BYTES: usize = 32;

/// What an address to send a picture to allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureGrant {
    pub id: ReturnId,
    pub mime_type: String,
    pub byte_size: i64,
    /// Seconds since 1970.
    pub expires: i64,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureTarget {
    pub grant: PictureGrant,
    pub signature: String,
    pub expires_at: DateTime<Utc>,
}

/// Where a picture of a return is to be sent. For whoever may open its order.
///
/// # Errors
/// `NOT_FOUND` for whoever may not; `INVALID` for what is no picture that the shop takes, and too large ones; `ORDER_STATE` once the
/// return has ended.
pub async fn picture_target(
    shop: &Shop,
    context: &Context,
    id: ReturnId,
    access_token: Option<&str>,
    (mime_type, byte_size): (&str, i64),
) -> Result<PictureTarget> {
    let found = find::by_id(shop, context, id, access_token).await?;
    let row = found.ok_or_else(|| Refusal::not_found("return").at(&["returnId"]))?;
    if !state::is_open(row.status) {
        return Err(Refusal::new(ErrorCode::OrderState, messages::return_is_closed())
            .at(&["returnId"])
            .into());
    }
    let mime_type = mime_type.trim().to_ascii_lowercase();
    if !MIME_TYPES.contains(&mime_type.as_str()) {
        let message = messages::picture_types(MIME_TYPES.join(", "));
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["mimeType"]).into());
    }
    let bytes_max = shop.settings.media.bytes_max.min(BYTES_MAX);
    if !(1..=i64::try_from(bytes_max).unwrap_or(i64::MAX)).contains(&byte_size) {
        return Err(Refusal::new(ErrorCode::Invalid, too_large(bytes_max))
            .at(&["fileSize"])
            .into());
    }
    let expires_at = shop.now() + LIFETIME;
    let grant = PictureGrant {
        id,
        mime_type,
        byte_size,
        expires: expires_at.timestamp(),
    };
    Ok(PictureTarget {
        signature: signature::sign(&shop.settings.signing_secret, &of_grant(&grant), SIGNATURE_BYTES),
        expires_at,
        grant,
    })
}

/// Whether a picture may be sent to an address: asked before any of it is read.
///
/// # Errors
/// `FORBIDDEN` where the signature is wrong or the time is over.
pub fn admit_picture(shop: &Shop, grant: &PictureGrant, signature: &str) -> Result<(), Refusal> {
    check(shop, &of_grant(grant), grant.expires, signature)
}

/// Where a picture is seen: until when, and the signature that allows it. Unscoped: whoever holds the row may see it.
pub fn picture_address(shop: &Shop, row: &return_picture::Model) -> (i64, String) {
    let expires = (shop.now() + LIFETIME).timestamp();
    let message = of_picture(row.id, expires);
    let signature = signature::sign(&shop.settings.signing_secret, &message, SIGNATURE_BYTES);
    (expires, signature)
}

pub(super) fn check(shop: &Shop, message: &[u8], expires: i64, signature: &str) -> Result<(), Refusal> {
    if !signature::is_ours(shop.settings.signing_secrets(), message, SIGNATURE_BYTES, signature) {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::address_not_given()));
    }
    if shop.now().timestamp() >= expires {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::address_expired()));
    }
    Ok(())
}

fn of_grant(grant: &PictureGrant) -> Vec<u8> {
    let PictureGrant {
        id,
        mime_type,
        byte_size,
        expires,
    } = grant;
    format!("return-picture-sent:{id}\n{mime_type}\n{byte_size}\n{expires}").into_bytes()
}

pub(super) fn of_picture(id: ReturnPictureId, expires: i64) -> Vec<u8> {
    format!("return-picture:{id}\n{expires}").into_bytes()
}
