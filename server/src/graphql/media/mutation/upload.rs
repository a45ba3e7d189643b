use async_graphql::{Context, Enum, ID, InputObject, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::media::{
    self, MediaCreate,
    upload::{self, UploadRequest, UploadTarget},
};

use crate::{
    graphql::{
        media::object::Media,
        shared::{ContextExt, PublicUrl, Url, payload},
    },
    ids,
};

/// What a file that is sent is to become.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::media::upload::Purpose")]
pub enum StagedUploadPurpose {
    /// A picture, by `mediaCreate`.
    #[default]
    Picture,
    /// A file that is sold, by `variantFileAdd`. Nobody is shown it.
    File,
}

/// A file that is to be sent.
#[derive(Debug, InputObject)]
pub struct StagedUploadInput {
    /// What it is to become.
    #[graphql(default)]
    pub purpose: StagedUploadPurpose,
    /// What it is called.
    #[graphql(name = "filename")]
    pub file_name: String,
    /// What it is: of a picture `image/jpeg`, `image/png`, `image/webp` or `image/gif`, of a file any type, without
    /// parameters.
    pub mime_type: String,
    /// How many bytes it has, exactly.
    pub file_size: i32,
}

/// Where a file is to be sent.
#[derive(Debug, SimpleObject)]
pub struct StagedUploadTarget {
    /// Names the upload: send it to `mediaCreate` or `variantFileAdd` when the file is there.
    pub upload_id: ID,
    /// Where to send the file's bytes. Whoever has this address may send them: keep it to yourself.
    pub url: Url,
    /// How: `PUT`.
    pub method: &'static str,
    /// The headers to send with it.
    pub headers: Vec<StagedUploadHeader>,
    /// Until when, and until when it can be taken up.
    pub expires_at: DateTime<Utc>,
}

/// A header of a request.
#[derive(Debug, SimpleObject)]
pub struct StagedUploadHeader {
    /// As in `Content-Type`.
    pub name: &'static str,
    /// As in `image/jpeg`.
    pub value: String,
}

payload! {
    /// What `stagedUploadsCreate` answers.
    StagedUploadsCreatePayload {
        /// Where to send the files, in their order.
        targets: Vec<StagedUploadTarget>,
    }
}

/// A file that was sent.
#[derive(Debug, InputObject)]
pub struct MediaCreateInput {
    /// The upload's id, as `stagedUploadsCreate` gave it.
    pub upload_id: ID,
    /// What it shows, for those who cannot see it: at most 512 characters.
    pub alt_text: Option<String>,
}

payload! {
    /// What `mediaCreate` answers.
    MediaCreatePayload {
        /// The picture.
        media: Media,
    }
}

pub(super) async fn request(
    ctx: &Context<'_>,
    input: Vec<StagedUploadInput>,
) -> vitrine_commerce::Result<Vec<StagedUploadTarget>> {
    let files = input.into_iter().map(|file| UploadRequest {
        purpose: file.purpose.into(),
        file_name: file.file_name,
        mime_type: file.mime_type,
        byte_size: file.file_size.into(),
    });
    let targets = upload::request(ctx.shop(), ctx.caller(), files.collect()).await?;
    let url = ctx.data_unchecked::<PublicUrl>();
    Ok(targets.into_iter().map(|target| shown(url, target)).collect())
}

fn shown(url: &PublicUrl, target: UploadTarget) -> StagedUploadTarget {
    let grant = target.grant;
    // Of ids, types and signatures a type's `+` alone means something else in an address.
    let mime_type = grant.mime_type.replace('+', "%2B");
    let path = format!(
        "/api/media/uploads/{}?type={}&size={}&expires={}&signature={}",
        grant.id, mime_type, grant.byte_size, grant.expires, target.signature
    );
    StagedUploadTarget {
        upload_id: ids::public(grant.id),
        url: Url(url.absolute(&path)),
        method: "PUT",
        headers: vec![StagedUploadHeader {
            name: "Content-Type",
            value: grant.mime_type,
        }],
        expires_at: target.expires_at,
    }
}

pub(super) async fn create(ctx: &Context<'_>, input: MediaCreateInput) -> vitrine_commerce::Result<Media> {
    let create = MediaCreate {
        upload: ids::input(&input.upload_id, "upload", &["uploadId"])?,
        alt: input.alt_text,
    };
    Ok(Media(media::create(ctx.shop(), ctx.caller(), create).await?))
}
