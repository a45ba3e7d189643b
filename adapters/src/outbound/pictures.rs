//! Fetches pictures that lie elsewhere.

use std::time::Duration;

use async_trait::async_trait;
use futures::StreamExt;
use reqwest::{Client, Response, StatusCode, Url, header::ACCEPT};
use vitrine_commerce::ports::picture_source::{FetchError, PictureSource};

use super::client::{Inside, Limits, check, client, is_inside};

const TIMEOUT: Duration = Duration::from_secs(25);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const REDIRECTS_MAX: usize = 5;

/// Fetches over HTTP.
pub struct PictureFetcher {
    client: Client,
    allow_inside: bool,
}

impl PictureFetcher {
    /// `allow_inside` has it fetch from this machine and its network as well.
    pub fn new(allow_inside: bool) -> Result<Self, reqwest::Error> {
        let limits = Limits {
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            redirects_max: REDIRECTS_MAX,
            allow_inside,
        };
        Ok(Self {
            client: client(limits)?,
            allow_inside,
        })
    }
}

#[async_trait]
impl PictureSource for PictureFetcher {
    async fn fetch(&self, address: &str, bytes_max: u64) -> Result<Vec<u8>, FetchError> {
        let url = Url::parse(address).map_err(|_| refused("It is no web address."))?;
        check(&url, self.allow_inside).map_err(|inside| said(&inside))?;
        let request = self
            .client
            .get(url)
            .header(ACCEPT, "image/webp,image/png,image/jpeg,image/gif");
        let response = request.send().await.map_err(|error| told(&error))?;
        status(&response)?;
        if response.content_length().is_some_and(|length| length > bytes_max) {
            return Err(too_large(bytes_max));
        }
        let mut content = Vec::new();
        let mut chunks = response.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|error| told(&error))?;
            if (content.len() + chunk.len()) as u64 > bytes_max {
                return Err(too_large(bytes_max));
            }
            content.extend_from_slice(&chunk);
        }
        match content.is_empty() {
            true => Err(refused("There is nothing at the address.")),
            false => Ok(content),
        }
    }
}

fn status(response: &Response) -> Result<(), FetchError> {
    let status = response.status();
    let message = format!("The address answers with {status}.");
    match status {
        _ if status.is_success() => Ok(()),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Err(FetchError::Unavailable(message))
        }
        _ if status.is_redirection() => Err(refused("The address sends on to where nothing can be fetched.")),
        _ if status.is_server_error() => Err(FetchError::Unavailable(message)),
        _ => Err(FetchError::Refused(message)),
    }
}

fn told(error: &reqwest::Error) -> FetchError {
    if let Some(inside) = is_inside(error) {
        return said(&inside);
    }
    FetchError::Unavailable(match error {
        _ if error.is_timeout() => "The address did not answer in time.".to_owned(),
        _ if error.is_connect() => "The address cannot be reached.".to_owned(),
        _ => "The answer of the address broke off.".to_owned(),
    })
}

fn said(inside: &Inside) -> FetchError {
    let text = inside.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    refused(format!(
        "{}{}.",
        first.map(String::from).unwrap_or_default(),
        letters.as_str()
    ))
}

fn refused(message: impl Into<String>) -> FetchError {
    FetchError::Refused(message.into())
}

fn too_large(bytes_max: u64) -> FetchError {
    refused(format!("The picture has more than {bytes_max} bytes."))
}
