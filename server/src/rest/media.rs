//! Pictures that staff send: a form with a file, or a file to an address that `stagedUploadsCreate` gave.

use axum::{
    Json,
    body::Body,
    extract::{FromRequest, Multipart, Path, Query, Request, State, multipart::Field, rejection::QueryRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vitrine_commerce::{
    ErrorCode, Refusal,
    media::{
        self, ALT_MAX,
        address::mime_type,
        upload::{self, Grant},
    },
};
use vitrine_edge::{error::OVERLOAD_MESSAGE, read_body};
use vitrine_entity::media::Model as MediaRow;

use super::{
    extract::RestRequest,
    problem::{
        details::Problem,
        kind::{BAD_REQUEST, BODY_TOO_LARGE, NOT_FOUND, SERVICE_UNAVAILABLE, UNSUPPORTED_MEDIA_TYPE},
        responses,
    },
    state::Rest,
};

/// How long a file may take to arrive, over a slow line.
pub(super) const UPLOAD_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(120);

/// A form's parts beside the file.
const FORM_BYTES_MAX: usize = 64 * 1024;

/// A picture in the shop's store.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Media)]
pub(super) struct MediaView {
    /// Names the picture.
    #[schema(example = "media_01j9zzzzzzzzzzzzzzzzzzzzzz")]
    id: String,
    /// Where it is, as a path of this server.
    path: String,
    /// What it is written in.
    #[schema(example = "image/jpeg")]
    mime_type: &'static str,
    /// How many bytes it has.
    byte_size: i64,
    /// Its width in pixels.
    width: i32,
    /// Its height in pixels.
    height: i32,
    /// Its colours as a few coarse waves.
    blur_hash: Option<String>,
    /// What it shows.
    alt_text: String,
}

impl From<MediaRow> for MediaView {
    fn from(row: MediaRow) -> Self {
        Self {
            id: row.id.to_string(),
            path: media::source(&row),
            mime_type: mime_type(row.format),
            byte_size: row.byte_size,
            width: row.width,
            height: row.height,
            blur_hash: row.blur_hash,
            alt_text: row.alt,
        }
    }
}

/// Send a picture
///
/// A form (`multipart/form-data`) with the part `file` and, if you like, `altText`: what it shows. JPEG, PNG,
/// WebP and GIF are taken; where it was taken, with what and by whom is taken out. The same picture sent
/// again is the same. For staff with the permission `CATALOG` or `CONTENT`.
#[utoipa::path(
    post,
    path = "/api/media",
    tag = "media",
    request_body(content = Object, content_type = "multipart/form-data", description = "The parts `file` and `altText`."),
    responses(
        (status = 201, description = "The picture.", body = MediaView),
        responses::Media,
    ),
    security(("staff" = []))
)]
pub(super) async fn add(State(rest): State<Rest>, asked: RestRequest, request: Request) -> Result<Response, Problem> {
    // Before any of the body is read.
    media::require(&asked.context)?;
    let _turn = turn(&rest, rest.shop.settings.media.bytes_max)?;
    let not_a_form = |_| {
        let detail = "The body has to be multipart/form-data, with the part `file`.";
        Problem::new(UNSUPPORTED_MEDIA_TYPE, detail)
    };
    let form = Multipart::from_request(request, &rest).await.map_err(not_a_form)?;
    let bytes_max = usize::try_from(rest.shop.settings.media.bytes_max).unwrap_or(usize::MAX);
    let form = read_form(form, bytes_max).await?;
    let Some((name, content)) = form.file else {
        let refusal = Refusal::new(ErrorCode::Invalid, "The form has no part `file`.").at(&["file"]);
        return Err(refusal.into());
    };
    let added = media::add(&rest.shop, &asked.context, &name, content, form.alt.as_deref()).await?;
    Ok((StatusCode::CREATED, Json(MediaView::from(added))).into_response())
}

#[derive(Default)]
struct Form {
    file: Option<(String, Vec<u8>)>,
    alt: Option<String>,
}

async fn read_form(mut form: Multipart, bytes_max: usize) -> Result<Form, Problem> {
    let mut read = Form::default();
    let mut spare = FORM_BYTES_MAX;
    while let Some(mut field) = form.next_field().await.map_err(|_| broken())? {
        match field.name() {
            Some("file") if read.file.is_none() => {
                let name = field.file_name().unwrap_or_default().to_owned();
                read.file = Some((name, bytes(&mut field, bytes_max).await?));
            }
            part => {
                let is_alt = part == Some("altText");
                let text = bytes(&mut field, spare).await?;
                spare -= text.len();
                if is_alt {
                    // Its length in characters is the use case's to judge.
                    let text = text.get(..ALT_MAX * 4 + 1).unwrap_or(&text).to_vec();
                    read.alt = Some(String::from_utf8_lossy(&text).into_owned());
                }
            }
        }
    }
    Ok(read)
}

async fn bytes(field: &mut Field<'_>, max: usize) -> Result<Vec<u8>, Problem> {
    let mut content = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
        if content.len() + chunk.len() > max {
            return Err(Problem::new(BODY_TOO_LARGE, upload::too_large(max as u64)));
        }
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

fn broken() -> Problem {
    Problem::new(BAD_REQUEST, "The form broke off, or is none.")
}

/// The parameters of an address that was given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    r#type: String,
    size: i64,
    expires: i64,
    signature: String,
}

/// Which upload an address is of. By its name: a page that sends a file within this process has parts of its own address
/// beside it.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    upload: String,
}

/// Takes a file that is sent to an address of `stagedUploadsCreate`, whose signature is all the right it needs.
pub(super) async fn receive(
    State(rest): State<Rest>,
    Path(Named { upload }): Path<Named>,
    signed: Result<Query<Signed>, QueryRejection>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let not_given = || Problem::new(NOT_FOUND, "The address is not one that `stagedUploadsCreate` gave.");
    let Ok(Query(signed)) = signed else {
        return Err(not_given());
    };
    let grant = Grant {
        id: upload.parse().map_err(|_| not_given())?,
        mime_type: signed.r#type,
        byte_size: signed.size,
        expires: signed.expires,
    };
    upload::admit(&rest.shop, &grant, &signed.signature)?;
    let (parts, body): (_, Body) = request.into_parts();
    let sent = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if !sent.is_some_and(|sent| sent.eq_ignore_ascii_case(&grant.mime_type)) {
        let detail = format!(
            "The upload was asked for as {}: send this as `Content-Type`.",
            grant.mime_type
        );
        return Err(Problem::new(UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let _turn = turn(&rest, grant.byte_size.unsigned_abs())?;
    let bytes_max = usize::try_from(grant.byte_size).unwrap_or_default();
    let content = read_body(body, bytes_max, UPLOAD_TIMEOUT).await?;
    upload::keep(&rest.shop, &grant, content.to_vec()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// In megabytes, rounded up.
pub(super) fn megabytes(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(1024 * 1024)).unwrap_or(u32::MAX)
}

/// Files are held in memory while they come: not more than a server can hold.
pub(super) fn turn(rest: &Rest, bytes: u64) -> Result<tokio::sync::SemaphorePermit<'_>, Problem> {
    let turn = rest.uploads.try_acquire_many(megabytes(bytes).max(1));
    turn.map_err(|_| Problem::new(SERVICE_UNAVAILABLE, OVERLOAD_MESSAGE))
}
