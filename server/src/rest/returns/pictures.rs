//! Pictures of returns, at the addresses that the GraphQL API gives: their signatures are all the right that they need.

use axum::{
    extract::{Path, Query, Request, State, rejection::QueryRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use vitrine_commerce::returns::{self, PictureGrant};
use vitrine_edge::read_body;

use super::missing;
use crate::rest::{
    media::{UPLOAD_TIMEOUT, turn},
    problem::{
        details::Problem,
        kind::{NOT_FOUND, UNSUPPORTED_MEDIA_TYPE},
    },
    state::Rest,
};

/// The parameters of an address that a picture is sent to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rest) struct Sent {
    r#type: String,
    size: i64,
    expires: i64,
    signature: String,
}

/// Those of an address where one is seen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rest) struct Seen {
    expires: i64,
    signature: String,
}

/// Of which return. By its name: a page that sends a file within this process has parts of its own address beside it.
#[derive(Debug, Deserialize)]
pub(in crate::rest) struct OfReturn {
    return_id: String,
}

/// Which picture.
#[derive(Debug, Deserialize)]
pub(in crate::rest) struct Named {
    picture: String,
}

fn not_given() -> Problem {
    Problem::new(NOT_FOUND, "The address is not one that the shop gave.")
}

/// Takes a picture.
pub(in crate::rest) async fn receive(
    State(rest): State<Rest>,
    Path(OfReturn { return_id }): Path<OfReturn>,
    signed: Result<Query<Sent>, QueryRejection>,
    request: Request,
) -> Result<StatusCode, Problem> {
    let Ok(Query(signed)) = signed else {
        return Err(not_given());
    };
    let grant = PictureGrant {
        id: return_id.parse().map_err(|_| missing())?,
        mime_type: signed.r#type,
        byte_size: signed.size,
        expires: signed.expires,
    };
    returns::admit_picture(&rest.shop, &grant, &signed.signature)?;
    let (parts, body) = request.into_parts();
    let sent = parts.headers.get(header::CONTENT_TYPE);
    let sent = sent.and_then(|value| value.to_str().ok());
    if !sent.is_some_and(|sent| sent.eq_ignore_ascii_case(&grant.mime_type)) {
        let detail = format!(
            "The picture was said to be {}: send this as `Content-Type`.",
            grant.mime_type
        );
        return Err(Problem::new(UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let _turn = turn(&rest, grant.byte_size.unsigned_abs())?;
    let bytes_max = usize::try_from(grant.byte_size).unwrap_or_default();
    let content = read_body(body, bytes_max, UPLOAD_TIMEOUT).await?;
    returns::keep_picture(&rest.shop, &grant, content.to_vec()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Shows a picture.
pub(in crate::rest) async fn show(
    State(rest): State<Rest>,
    Path(Named { picture }): Path<Named>,
    signed: Result<Query<Seen>, QueryRejection>,
) -> Result<Response, Problem> {
    let (Ok(Query(signed)), Ok(id)) = (signed, picture.parse()) else {
        return Err(not_given());
    };
    let file = returns::open_picture(&rest.shop, id, signed.expires, &signed.signature).await?;
    let headers = [
        (header::CONTENT_TYPE, file.mime_type),
        (header::CACHE_CONTROL, "private, no-store"),
        // What a stranger sent is a picture and nothing else.
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, file.content).into_response())
}
