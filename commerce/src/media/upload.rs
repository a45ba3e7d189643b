//! Files that members of staff send themselves: asked for by name, type and size, sent to an address that
//! only whoever asked knows, and taken up as pictures ([`create`](super::create())) or as files that are sold
//! ([`downloads`](crate::downloads)). The address is signed
//! over all that it allows, so that nothing is read of a request that it does not.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use vitrine_entity::{ids::StagedUploadId, staged_upload};

use super::{receive::FILE_NAME_MAX, rules::require};
use crate::{
    Context, Error, ErrorCode, Fault, Refusal, Result, Shop,
    language::{Message, messages},
    signature, text,
};

/// How long a file may be sent, and taken up, after it was asked for.
pub const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// The most files that are asked for at once.
pub const UPLOADS_MAX: usize = 50;

/// What may be sent as a picture; whether it is that is seen when it is taken up.
pub const MIME_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// Bytes of a signature: all of it.
const SIGNATURE_BYTES: usize = 32;

/// What a file is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    #[default]
    Picture,
    /// Of any type: it is sold, and shown by nobody.
    File,
}

/// A file that is to be sent.
#[derive(Debug, Clone)]
pub struct UploadRequest {
    pub purpose: Purpose,
    pub file_name: String,
    pub mime_type: String,
    pub byte_size: i64,
}

/// What an address allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub id: StagedUploadId,
    pub mime_type: String,
    pub byte_size: i64,
    /// Seconds since 1970.
    pub expires: i64,
}

/// Where a file is to be sent.
#[derive(Debug, Clone)]
pub struct UploadTarget {
    pub grant: Grant,
    pub signature: String,
    pub expires_at: DateTime<Utc>,
}

/// Asks for addresses to send files to. For staff.
///
/// # Errors
/// Refuses those without the right, and files that are too large or no pictures.
pub async fn request(shop: &Shop, context: &Context, files: Vec<UploadRequest>) -> Result<Vec<UploadTarget>> {
    require(context)?;
    if files.is_empty() || files.len() > UPLOADS_MAX {
        let message = messages::uploads_at_once(UPLOADS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let (mut rows, mut refusals) = (Vec::new(), Vec::new());
    for (index, file) in files.into_iter().enumerate() {
        match check(shop, context, &index.to_string(), file) {
            Ok(row) => rows.push(row),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if !refusals.is_empty() {
        return Err(Error::Refused(refusals));
    }
    let targets = rows.iter().map(|row| target(shop, row)).collect();
    let rows = &rows;
    let written = shop.transact(context, |tx| async move {
        let rows = rows.iter().map(|row| row.clone().into_active_model());
        staged_upload::Entity::insert_many(rows)
            .exec_without_returning(tx.db())
            .await?;
        Ok(())
    });
    written.await?;
    Ok(targets)
}

fn check(shop: &Shop, context: &Context, index: &str, file: UploadRequest) -> Result<staged_upload::Model, Refusal> {
    let original_name = text::line(&[index, "fileName"], &file.file_name, FILE_NAME_MAX)?;
    let mime_type = file.mime_type.trim().to_ascii_lowercase();
    let refusal = |message: Message, field: &str| Refusal::new(ErrorCode::Invalid, message).at(&[index, field]);
    let (bytes_max, told) = match file.purpose {
        Purpose::Picture if !MIME_TYPES.contains(&mime_type.as_str()) => {
            return Err(refusal(not_taken(&mime_type), "mimeType"));
        }
        Purpose::File if !is_mime_type(&mime_type) => {
            let message = messages::mime_type_form();
            return Err(refusal(message, "mimeType"));
        }
        Purpose::Picture => (shop.settings.media.bytes_max, too_large(shop.settings.media.bytes_max)),
        Purpose::File => {
            let bytes_max = shop.settings.media.file_bytes_max;
            (bytes_max, messages::file_size_range(bytes_max))
        }
    };
    if !(1..=i64::try_from(bytes_max).unwrap_or(i64::MAX)).contains(&file.byte_size) {
        return Err(refusal(told, "fileSize"));
    }
    let now = shop.now();
    Ok(staged_upload::Model {
        id: StagedUploadId(shop.ids.unguessable()),
        original_name,
        mime_type,
        byte_size: file.byte_size,
        created_by: context.viewer.actor(),
        created_at: now,
        expires_at: now + LIFETIME,
        received_at: None,
        media_id: None,
    })
}

/// Two names of RFC 6838 with a slash between.
fn is_mime_type(text: &str) -> bool {
    let is_name = |name: &str| {
        let mut bytes = name.bytes();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_');
        name.len() <= 127 && bytes.next().is_some_and(|first| first.is_ascii_alphanumeric()) && bytes.all(fits)
    };
    text.split_once('/')
        .is_some_and(|(kind, name)| is_name(kind) && is_name(name))
}

fn not_taken(mime_type: &str) -> Message {
    match mime_type {
        "image/svg+xml" => messages::svg_not_taken(),
        "image/avif" | "image/heic" | "image/heif" => messages::avif_not_taken(),
        _ => messages::picture_types(MIME_TYPES.join(", ")),
    }
}

/// What is said of a file that has more bytes than are taken.
pub fn too_large(bytes_max: u64) -> Message {
    messages::picture_size_range(bytes_max)
}

fn target(shop: &Shop, row: &staged_upload::Model) -> UploadTarget {
    let grant = Grant {
        id: row.id,
        mime_type: row.mime_type.clone(),
        byte_size: row.byte_size,
        expires: row.expires_at.timestamp(),
    };
    UploadTarget {
        signature: signature::sign(&shop.settings.signing_secret, &message(&grant), SIGNATURE_BYTES),
        expires_at: row.expires_at,
        grant,
    }
}

fn message(grant: &Grant) -> Vec<u8> {
    let Grant {
        id,
        mime_type,
        byte_size,
        expires,
    } = grant;
    format!("staged-upload:{id}\n{mime_type}\n{byte_size}\n{expires}").into_bytes()
}

/// Whether a file may be sent to an address: asked before any of it is read.
///
/// # Errors
/// `FORBIDDEN` where the signature is wrong or the time is over.
pub fn admit(shop: &Shop, grant: &Grant, signature: &str) -> Result<(), Refusal> {
    if !signature::is_ours(
        shop.settings.signing_secrets(),
        &message(grant),
        SIGNATURE_BYTES,
        signature,
    ) {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::address_not_given()));
    }
    if shop.now().timestamp() >= grant.expires {
        return Err(Refusal::new(ErrorCode::Forbidden, messages::address_expired()));
    }
    Ok(())
}

/// Keeps a file that was sent to an address that [`admit`] admitted. Sending it again replaces it, until it
/// is taken up.
///
/// # Errors
/// `INVALID` for more or fewer bytes than were asked for.
pub async fn keep(shop: &Shop, grant: &Grant, content: Vec<u8>) -> Result<()> {
    if content.len() as i64 != grant.byte_size {
        let message = messages::upload_of_other_size(content.len(), grant.byte_size);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let taken = || Refusal::new(ErrorCode::Forbidden, messages::upload_taken_up());
    let row = staged_upload::Entity::find_by_id(grant.id).one(&shop.db).await?;
    if row.is_none_or(|row| row.media_id.is_some()) {
        return Err(taken().into());
    }
    let stored = shop.media.put(&object(grant.id), content, &grant.mime_type).await;
    stored.map_err(Fault::from)?;
    let sql = "update staged_upload set received_at = $2 where id = $1 and media_id is null";
    match shop.execute(sql, [grant.id.into(), shop.now().into()]).await? {
        1 => Ok(()),
        _ => Err(taken().into()),
    }
}

/// Where a file lies until it is taken up; one that is sold stays there.
pub(crate) fn object(id: StagedUploadId) -> String {
    format!("staged/{id}")
}

/// Notes what became of a file.
pub(super) async fn taken_up(
    tx: &crate::Tx,
    upload: staged_upload::Model,
    media: vitrine_entity::ids::MediaId,
) -> Result<()> {
    let row = staged_upload::Model {
        media_id: Some(media),
        ..upload
    };
    row.into_active_model().reset_all().update(tx.db()).await?;
    Ok(())
}
