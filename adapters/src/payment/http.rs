//! What the adapters of providers have in common over HTTP.

use reqwest::{Response, header::HeaderName};

/// A page of a hundred charges is under a megabyte.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Why an answer was not read to its end.
#[derive(Debug)]
pub(super) enum Broken {
    Lost(reqwest::Error),
    TooLong(usize),
}

pub(super) fn header(response: &Response, name: &HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_owned())
}

pub(super) async fn body(mut response: Response) -> Result<Vec<u8>, Broken> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Broken::Lost)? {
        if body.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(Broken::TooLong(ANSWER_BYTES_MAX));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}
