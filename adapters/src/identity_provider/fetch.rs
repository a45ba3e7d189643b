//! How a provider is asked: no redirect is followed, and neither its time nor its answer is without a bound. Its
//! address is the operator's, who may well have it inside.

use std::time::Duration;

use futures::{FutureExt, future::BoxFuture};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// How long whoever signs in waits for one answer.
const TIMEOUT: Duration = Duration::from_secs(8);

const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("it cannot be reached")]
    Request(#[source] reqwest::Error),
    #[error("its answer is too long")]
    TooLong,
    #[error("its answer cannot be passed on")]
    Answer(#[source] openidconnect::http::Error),
}

/// Asks a provider.
pub(super) struct Fetcher(reqwest::Client);

impl Fetcher {
    /// # Errors
    /// When no client can be made.
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none());
        Ok(Self(client.build()?))
    }
}

impl<'c> AsyncHttpClient<'c> for Fetcher {
    type Error = FetchError;
    type Future = BoxFuture<'c, Result<HttpResponse, FetchError>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        fetch(&self.0, request).boxed()
    }
}

async fn fetch(client: &reqwest::Client, request: HttpRequest) -> Result<HttpResponse, FetchError> {
    let plain = |error: reqwest::Error| FetchError::Request(error.without_url());
    let request = reqwest::Request::try_from(request).map_err(plain)?;
    let mut response = client.execute(request).await.map_err(plain)?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(plain)? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return Err(FetchError::TooLong);
        }
    }
    let mut answer = openidconnect::http::Response::builder().status(response.status());
    for (name, value) in response.headers() {
        answer = answer.header(name, value);
    }
    answer.body(body).map_err(FetchError::Answer)
}
